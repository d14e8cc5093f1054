import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A connection through the proxy. */
export interface Pair {
  readonly client: Socket
  readonly server: Socket
}

/** What happens to a message of the client: forwarded, kept back, or whatever the test does with the pair. */
export type Rule = (text: string, pair: Pair) => 'forward' | 'drop'

/** A TCP proxy in front of the database, whose wires a test cuts. */
export interface CuttingProxy {
  readonly port: number
  /** Judges what clients send from now on. */
  rule: Rule
  /** Judges what the server answers from now on. */
  answerRule: Rule
  /** Messages that clients have sent: one for each round trip. */
  messages: number
  /** Cuts every wire. */
  cut(): void
  close(): Promise<void>
}

const forward: Rule = () => 'forward'

/** Starts it in front of a port. */
export async function startProxy(target: number): Promise<CuttingProxy> {
  const pairs = new Set<Pair>()
  const listener = createServer((client) => {
    const server = connect(target, '127.0.0.1')
    const pair = { client, server }
    pairs.add(pair)
    for (const socket of [client, server]) {
      socket.on('error', () => {})
      socket.setNoDelay(true)
    }
    client.on('data', (data) => {
      proxy.messages += 1
      if (proxy.rule(data.toString('latin1'), pair) === 'forward') server.write(data)
    })
    server.on('data', (data) => {
      if (proxy.answerRule(data.toString('latin1'), pair) === 'forward') client.write(data)
    })
    client.on('close', () => pairs.delete(pair))
    server.on('close', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')

  const proxy: CuttingProxy = {
    port: (listener.address() as AddressInfo).port,
    rule: forward,
    answerRule: forward,
    messages: 0,
    cut() {
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
    },
    async close() {
      proxy.cut()
      listener.close()
      await once(listener, 'close')
    },
  }
  return proxy
}
