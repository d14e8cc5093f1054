import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { invalidBodies } from '../../src/generate/invalid-bodies.ts'
import { validBody } from '../../src/generate/valid-body.ts'
import type { Creation } from '../../src/target/target.ts'
import { targetFromExample } from '../../src/target/target-from-example.ts'

const example = {
  method: 'post',
  url: 'http://localhost:5000/api/items?dry=0',
  body: { name: 'tea', qty: 2, ownerId: 7 },
}

describe('a target that is shown by one example request', () => {
  it('is one creation, and knows what the example shows and no more', () => {
    const target = targetFromExample(example)
    expect(target.baseUrl).toBe('http://localhost:5000')
    expect(target.creations).toMatchObject([
      {
        id: 'POST /api/items',
        path: '/api/items',
        policy: {},
        parameters: [{ name: 'dry', in: 'query', example: '0' }],
      },
    ])
    expect(target.creations[0]?.body?.schema['required']).toBeUndefined()
    expect(target.creations[0]?.list).toBeUndefined()
  })

  it('is sent with all its members, and with fresh text', () => {
    const made = validBody(targetFromExample(example).creations[0] as Creation, createFresh(7), { minimal: true })
    expect(made).toEqual({
      kind: 'valid',
      body: { name: expect.stringMatching(/^createonce-7-/), qty: 2, ownerId: 7 },
    })
  })

  it('takes what it cannot show from the options', () => {
    const options = { unique: 'name', required: 'name,qty', duplicates: 'reject' }
    const creation = targetFromExample(example, options).creations[0] as Creation
    expect(creation.policy.naturalKey?.value).toEqual(['name'])
    expect(creation.policy.duplicates?.value).toBe('reject')
    const missing = invalidBodies(creation, createFresh(7)).filter(({ rule }) => rule === 'required')
    expect(missing.map(({ pointer }) => pointer)).toEqual(['/name', '/qty'])
  })

  it('may have no body', () => {
    expect(targetFromExample({ method: 'POST', url: 'http://localhost/carts' }).creations[0]?.body).toBeUndefined()
  })

  it.each([
    ['GET', 'http://localhost/items', 'no-creation'],
    ['POST', 'localhost/items', 'bad-base-url'],
    ['POST', '/items', 'bad-base-url'],
  ])('is refused for %s %s', (method, url, code) => {
    expect(() => targetFromExample({ method, url })).toThrow(expect.objectContaining({ code }))
  })
})
