import http from 'node:http'
import type { AddressInfo } from 'node:net'

type Lines = { name: string; value: string }[]
interface Entry {
  startedDateTime: string
  time: number
  request: { method: string; url: string; headers: Lines; postData?: { mimeType: string; text: string } }
  response: { status: number; headers: Lines; content: { size: number; text: string } }
}

/** A proxy that forwards to a target and writes down what passes, as `mitmproxy` and browsers do. */
export interface Recorder {
  readonly origin: string
  /** The HAR so far, as text. */
  har(change?: (entries: Entry[]) => unknown[]): string
  close(): Promise<void>
}

/** Starts a recording proxy in front of a target. */
export async function record(target: string): Promise<Recorder> {
  const entries: Entry[] = []
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const startedDateTime = new Date().toISOString()
      const { host, connection, 'content-length': _, ...headers } = incoming.headers as Record<string, string>
      const answer = await fetch(target + incoming.url, {
        method: incoming.method ?? 'GET',
        headers,
        redirect: 'manual',
        ...(text === '' ? {} : { body: text }),
      })
      const body = await answer.text()
      entries.push({
        startedDateTime,
        time: 0,
        request: {
          method: incoming.method ?? 'GET',
          url: target + incoming.url,
          headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
          ...(text === '' ? {} : { postData: { mimeType: headers['content-type'] ?? '', text } }),
        },
        response: {
          status: answer.status,
          headers: [...answer.headers].map(([name, value]) => ({ name, value })),
          content: { size: body.length, text: body },
        },
      })
      outgoing.writeHead(
        answer.status,
        [...answer.headers].filter(([name]) => !/^(transfer-encoding|content-length|connection)$/.test(name)),
      )
      outgoing.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    har: (change = (all) => all) =>
      JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: change(entries) } }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
