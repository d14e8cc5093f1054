import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemPages } from '../../src/adapters/fastify.ts'
import { type ProblemCode, problemCatalogue, problemPage, problemSignature } from '../../src/index.ts'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'

const app = fastify()
let origin: string
beforeAll(async () => {
  app.get('/problems/:code', problemPages)
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

const get = (code: string, accept?: string): Promise<WireAnswer> =>
  sendRequest(origin, {
    method: 'GET',
    path: `/problems/${code}`,
    headers: accept === undefined ? [] : [['Accept', accept]],
  })
const type = ({ headers }: WireAnswer): string => headers.get('content-type')![0]!.replace(/; ?charset=utf-8$/i, '')

describe('the page behind the type of a problem', () => {
  it.each(Object.entries(problemCatalogue))(
    'of %s is its entry, for a program, a terminal and a browser',
    async (code, entry) => {
      const json = JSON.parse((await get(code)).body)
      expect(json).toEqual({ code, ...entry, signature: problemSignature(code as ProblemCode) })
      const markdown = (await get(code, 'text/markdown')).body
      const html = (await get(code, 'text/html')).body.replace(/<\/?code>/g, '`')
      for (const text of [
        entry.meaning,
        entry.client,
        entry.transient.lasts,
        entry.firstResponse,
        entry.rollBack,
        entry.escalation,
      ]) {
        expect(markdown).toContain(text)
        expect(html).toContain(text)
      }
    },
  )

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', 'text/html'],
    ['text/*', 'text/markdown'],
    ['text/markdown;q=0.5, text/html;q=0.4', 'text/markdown'],
    ['image/png', 'application/json'],
    ['nonsense', 'application/json'],
  ])('for Accept: %s is %s', async (accept, expected) => {
    const answer = await get('overloaded', accept)
    expect([answer.status, type(answer), answer.headers.get('vary')]).toEqual([200, expected, ['Accept']])
  })

  it.each(['nothing-of-ours', 'constructor', '%3Cscript%3E'])('is 404 for %s, and names the codes', async (code) => {
    const answer = await get(code, 'text/html')
    expect([answer.status, type(answer)]).toEqual([404, 'application/problem+json'])
    expect(JSON.parse(answer.body).codes).toEqual(Object.keys(problemCatalogue))
    expect(answer.body).not.toContain('<')
  })

  it('needs no framework', () => {
    expect(problemPage('overloaded')).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/json' } })
  })
})
