import http from 'node:http'

/** What was answered. */
export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
  /** The body, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes, and fail where one is another.
  json(): any
}

/** Sends one request over a connection of its own; an object is sent as JSON. */
export function send(
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: string | object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const isJson = typeof body === 'object'
    const request = http.request(
      url,
      { method, agent: false, headers: { ...(isJson && { 'Content-Type': 'application/json' }), ...headers } },
      (response) => resolve(read(response)),
    )
    request.on('error', reject)
    request.end(isJson ? JSON.stringify(body) : body)
  })
}

/** Reads an answer to its end. */
export async function read(response: http.IncomingMessage): Promise<Answer> {
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, body, json: () => JSON.parse(body) }
}
