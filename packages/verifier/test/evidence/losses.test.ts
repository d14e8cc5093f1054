import { describe, expect, test } from 'vitest'
import { losses } from '../../src/evidence/losses.ts'
import type { Operation } from '../../src/experiments/operation.ts'
import { targetFromExample } from '../../src/index.ts'

const target = targetFromExample({ method: 'POST', url: 'http://127.0.0.1:1/teas', body: { tags: ['a'] } })
const [creation] = target.creations
const operation = { creation, target, schemaIsGuess: true } as unknown as Operation
const lost = (sent: unknown, seen: unknown) => losses({ it: sent }, { it: seen }, operation).lost.length > 0

describe('a list that is read back', () => {
  test.each([
    ['the same', [13.4, 52.5], [13.4, 52.5]],
    ['a set of texts in another order', ['ann', 'bob'], ['bob', 'ann']],
    ['texts with one that the server adds', ['ann', 'bob'], ['owner', 'bob', 'ann']],
    ['objects with one that the server adds', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }, { a: 3 }]],
  ])('is whole: %s', (_, sent, seen) => {
    expect(lost(sent, seen)).toBe(false)
  })

  test.each([
    ['numbers turned round, which may be a place on the earth', [13.4, 52.5], [52.5, 13.4]],
    ['objects in another order', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]],
    ['one text less', ['ann', 'bob'], ['ann']],
    ['one text in the place of another', ['ann', 'bob'], ['ann', 'eve']],
    ['a text that was sent twice, once', ['ann', 'ann'], ['ann']],
  ])('is not whole: %s', (_, sent, seen) => {
    expect(lost(sent, seen)).toBe(true)
  })
})

describe('a value that the document declares otherwise where it is read', () => {
  const user = { type: 'object', properties: { login: { type: 'string' }, id: { type: 'integer' } } }
  const members = {
    title: { type: 'string' },
    assignee: { anyOf: [user, { type: 'null' }] },
    reviewers: { type: 'array', items: user },
    region: { type: 'string', enum: ['east', 'west'] },
  }
  const schema = { type: 'object', properties: members }
  const responses = { '200': { content: { 'application/json': { schema } }, headers: [] } }
  const declaring = {
    ...operation,
    creation: {
      ...creation,
      read: { method: 'GET', path: '/teas/{id}', parameters: [], responses, idParameter: 'id' },
    },
  } as unknown as Operation
  const lostOf = (sent: unknown, seen: unknown) => losses(sent, seen, declaring).lost.map(({ pointer }) => pointer)

  test.each([
    ['a login as a user', { assignee: 'ann' }, { assignee: { login: 'eve', id: 1 } }],
    ['logins as users', { reviewers: ['ann'] }, { reviewers: [{ login: 'eve' }] }],
    ['a word that is none of its list', { region: 'north' }, { region: 'east' }],
  ])('is not lost: %s', (_, sent, seen) => {
    expect(lostOf(sent, seen)).toEqual([])
  })

  test.each([
    ['another title', { title: 'Oolong' }, { title: '' }, '/title'],
    ['another word of the list', { region: 'west' }, { region: 'east' }, '/region'],
    ['another user', { assignee: { login: 'ann' } }, { assignee: { login: 'eve' } }, '/assignee/login'],
  ])('is lost where the declared form could hold it: %s', (_, sent, seen, pointer) => {
    expect(lostOf(sent, seen)).toEqual([pointer])
  })

  test('is kept where an object shows what was named by it', () => {
    expect(lost('bug', { id: 7, name: 'bug' })).toBe(false)
    expect(lost('bug', { id: 7, name: 'chore' })).toBe(true)
  })
})
