import { afterEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { generate } from '../../bench/load/generate.mjs'
import { answer, answeringServer, type Received } from './answering-server.ts'

const keyed = { body: '{"item":"tea"}', headers: { 'Idempotency-Key': '{id}' } }
const keyOf = ({ head }: Received) => /idempotency-key: (.+)/i.exec(head)?.[1]

let close = () => {}
afterEach(() => close())

async function serve(respond: (request: Received) => void): Promise<number> {
  const server = await answeringServer(respond)
  close = server.close
  return server.port
}

describe('the load generator', () => {
  it('sends each key once, in one job and in the next', async () => {
    const keys: unknown[] = []
    const port = await serve((request) => {
      keys.push(keyOf(request))
      request.write(answer(201, 2))
    })
    const job = { port, connections: 8, amount: 200, requests: [keyed] }
    await generate(job)
    await generate(job)
    expect(keys).toHaveLength(400)
    expect(new Set(keys).size).toBe(400)
    expect(keys.filter((key) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(key)))).toEqual([])
  })

  it('counts the answers by status, whatever their lengths are and however the network cuts them', async () => {
    // Heads of the same length in front of bodies of different lengths, and the other way round.
    const answers = [answer(201, 55), answer(409, 99), answer(201, 7, 'Date: todays'), answer(404, 100), answer(201, 0)]
    let count = 0
    const port = await serve(({ write }) => {
      const text = answers[count++ % answers.length]!
      if (count % 3 > 0) return write(text)
      for (const piece of text.match(/[\s\S]{1,9}/g) ?? []) write(piece)
    })
    const { statuses, count: answered } = await generate({ port, connections: 5, amount: 100, requests: [keyed] })
    expect({ statuses, answered }).toEqual({ statuses: { 201: 60, 404: 20, 409: 20 }, answered: 100 })
  })

  it('mixes the requests by their shares, and gives those of one span the same word', async () => {
    const bodies: string[] = []
    const port = await serve(({ body, write }) => {
      bodies.push(body)
      write(answer(201, 2))
    })
    const requests = [
      { share: 3, body: '{"tea":"grün"}' },
      { share: 1, body: '{"code":"{span}"}', span: 40 },
    ]
    await generate({ port, connections: 1, amount: 80, requests })
    const codes = bodies.filter((body) => body.includes('code'))
    expect(bodies.filter((body) => body === '{"tea":"grün"}')).toHaveLength(60)
    expect(codes.map((code) => codes.indexOf(code))).toEqual([...Array(10).fill(0), ...Array(10).fill(10)])
  })

  const badServers: [string, (request: Received) => void, string][] = [
    ['closes a connection', ({ close: end }) => end(), 'the server closed a connection'],
    ['announces no length', ({ write }) => write('HTTP/1.1 201 Created\r\n\r\n'), 'an answer without Content-Length'],
    ['says more than it announced', ({ write }) => write(`${answer(201, 2)}more`), '4 bytes more'],
  ]

  it.each(badServers)('gives up on a server that %s', async (_what, respond, message) => {
    const port = await serve(respond)
    await expect(generate({ port, connections: 1, amount: 1, requests: [keyed] })).rejects.toThrow(message)
  })

  it('at a fixed rate counts from when a request was due, where its connection was busy then', async () => {
    // Two of three connections get no answer before the third one has sent 30 requests, one each 10 ms.
    const held: (() => void)[] = []
    let free = 0
    const port = await serve(({ connection, write }) => {
      const respond = () => write(answer(201, 2))
      if (connection === 0) free += 1
      if (connection > 0 && free < 30) held.push(respond)
      else respond()
      if (free >= 30) for (const late of held.splice(0)) late()
    })
    const { p50 } = await generate({ port, connections: 3, amount: 90, rate: 300, requests: [keyed] })
    expect(p50).toBeGreaterThan(50)
  })
})
