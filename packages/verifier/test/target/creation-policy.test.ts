import { describe, expect, it } from 'vitest'
import { created, json, only } from './creations-in.ts'

describe('the policy', () => {
  const withExtension = (extension: object) =>
    only({ 'POST /users': { ...created, ...json(), 'x-creation': extension } }).policy

  it('is what x-creation declares', () => {
    expect(
      withExtension({
        naturalKey: ['email'],
        duplicates: 'reject',
        idempotency: 'required',
        retention: 'PT24H',
        private: true,
      }),
    ).toEqual({
      naturalKey: { value: ['email'], from: 'declared', why: 'declared by x-creation' },
      duplicates: { value: 'reject', from: 'declared', why: 'declared by x-creation' },
      idempotency: { value: 'required', from: 'declared', why: 'declared by x-creation' },
      retention: 'PT24H',
      private: true,
    })
  })

  it('reads an unquoted off of YAML 1.1', () => {
    expect(withExtension({ idempotency: false }).idempotency?.value).toBe('off')
  })

  it('infers that duplicates are rejected from a declared 409', () => {
    const { policy } = only({ 'POST /users': { responses: { 201: {}, 409: {} } } })
    expect(policy.duplicates).toMatchObject({ value: 'reject', from: 'inferred' })
  })

  it.each([
    [true, 'required'],
    [false, 'optional'],
  ])('infers from an Idempotency-Key header with required: %s that it is %s', (required, value) => {
    const parameters = [{ name: 'Idempotency-Key', in: 'header', required, schema: { type: 'string' } }]
    const { policy } = only({ 'POST /users': { ...created, parameters } })
    expect(policy.idempotency).toMatchObject({ value, from: 'inferred' })
  })

  it.each(['email', 'isbn', 'slug', 'sku', 'username', 'user_name'])('infers the natural key %s', (name) => {
    const { policy } = only({
      'POST /things': { ...created, ...json({ name: { type: 'string' }, [name]: { type: 'string' } }, [name]) },
    })
    expect(policy.naturalKey).toMatchObject({ value: [name], from: 'inferred' })
  })

  it('believes a schema that marks a member as unique', () => {
    const properties = { tag: { type: 'string', 'x-unique': true }, note: { type: 'string' } }
    expect(only({ 'POST /things': { ...created, ...json(properties) } }).policy.naturalKey?.value).toEqual(['tag'])
  })

  it('infers no natural key where duplicates are declared to be allowed', () => {
    const operation = {
      ...created,
      ...json({ email: { type: 'string' } }, ['email']),
      'x-creation': { duplicates: 'allow' },
    }
    expect(only({ 'POST /orders': operation }).policy.naturalKey).toBeUndefined()
  })

  it('infers no natural key from a name, a title, or an optional member', () => {
    const properties = { name: { type: 'string' }, title: { type: 'string' }, email: { type: 'string' } }
    expect(
      only({ 'POST /things': { ...created, ...json(properties, ['name', 'title']) } }).policy.naturalKey,
    ).toBeUndefined()
  })
})
