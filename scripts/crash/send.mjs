import { Agent, request } from 'node:http'

// A server that is frozen or gone answers nothing; a retry finds another one.
const ANSWER_MS = 5_000

const agent = new Agent({ keepAlive: true })

/** Sends one request; resolves with status 0 where there is no answer, since that is no fault here. */
export function send(port, path, { key, item } = {}) {
  const body = item === undefined ? undefined : JSON.stringify({ item })
  return new Promise((resolve) => {
    const fail = (error) => resolve({ status: 0, code: error.code ?? 'no answer', body: error.message })
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        timeout: ANSWER_MS,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => {
          text += part
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({ status: response.statusCode, location: response.headers.location, body: text }),
        )
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_MS} ms`)))
    sent.on('error', fail)
    sent.end(body)
  })
}
