import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { runVerify } from '../run-verify.ts'

const open: { readonly server: http.Server; readonly file: string }[] = []

afterEach(async () => {
  for (const { server, file } of open.splice(0)) {
    server.close().closeAllConnections()
    await rm(file)
  }
})

/** Tickets, which are created without content, and read. */
async function startTickets(): Promise<string> {
  const tickets = new Map<string, string>()
  const server = http.createServer(({ method, url = '' }, response) => {
    const ticket = tickets.get(url)
    const answer = (status: number, body: object | string, headers: http.OutgoingHttpHeaders = {}) => {
      const isProblem = status >= 400
      const type = isProblem ? 'application/problem+json' : 'application/json'
      response.writeHead(status, { 'Content-Type': type, ...headers })
      response.end(method === 'HEAD' ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (method === 'POST' && url === '/tickets') {
      const id = randomUUID()
      tickets.set(`/tickets/${id}`, JSON.stringify({ id }))
      answer(201, { id }, { Location: `/tickets/${id}` })
    } else if (ticket !== undefined && (method === 'GET' || method === 'HEAD')) answer(200, ticket)
    else if (url === '/tickets') answer(405, { title: 'Method Not Allowed', status: 405 }, { Allow: 'POST' })
    else answer(404, { title: 'Not Found', status: 404 })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const content = { 'application/json': { schema: { type: 'object' } } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Tickets', version: '1.0.0' },
    servers: [{ url }],
    paths: {
      '/tickets': { post: { responses: { 201: { description: 'Created', content } } } },
      '/tickets/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'It', content }, 404: { description: 'It is not there' } },
        },
      },
    },
  }
  const file = join(tmpdir(), `createonce-tickets-${randomUUID()}.json`)
  open.push({ server, file })
  await writeFile(file, JSON.stringify(document))
  return file
}

test('a creation without content is created and read, and what is wrong with content is not asked of it', async () => {
  const { report } = await runVerify(await startTickets(), { hostile: true })
  const verdictOf = (check: string) => {
    const found = report.results.find((one) => one.check === check)
    return found?.verdict === 'skip' ? found.message : found?.verdict
  }
  expect(['created-status-201', 'location-present'].map(verdictOf)).toEqual(['pass', 'pass'])
  expect(['malformed-is-400', 'unsupported-media-415', 'body-too-large-413'].map(verdictOf)).toEqual([
    'it has no content',
    'it has no content',
    'it has no content',
  ])
  expect(report.results.filter(({ verdict }) => verdict === 'error')).toEqual([])
})
