import http from 'node:http'
import https from 'node:https'

// A server that is starting may take a connection and then think; a longer silence is looked at again.
const patienceMs = 2000

/** What was found at a URL: nobody, somebody who takes connections, or an answer. */
export type Probed = 'nobody' | 'not ready' | 'answers'

/** Looks once whether anybody is there. Every answer counts but those of a server that says it is not ready. */
export function probe(url: string): Promise<Probed> {
  const transport = new URL(url).protocol === 'https:' ? https : http
  return new Promise((resolve) => {
    const request = transport.get(url, { agent: false, timeout: patienceMs }, (response) => {
      response.resume()
      resolve([502, 503, 504].includes(response.statusCode ?? 0) ? 'not ready' : 'answers')
      request.destroy()
    })
    request.on('timeout', () => request.destroy(Object.assign(new Error('silence'), { code: 'SILENCE' })))
    request.on('error', (error: NodeJS.ErrnoException | AggregateError) => {
      resolve((error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'nobody' : 'not ready')
    })
  })
}
