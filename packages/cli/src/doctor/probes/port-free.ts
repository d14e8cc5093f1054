import { once } from 'node:events'
import { createServer } from 'node:net'
import { ask } from '../ask.ts'
import { errorText } from '../error-text.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'

export const portFree: Probe = {
  id: 'port-free',
  needs: 'The port is free',
  how: "A socket listens for a moment on each of the profile's `prerequisites.freePorts`. While the API of the profile runs on this machine, a taken port may be its own, and is not held against it.",
  why: 'A service whose port is taken does not start; worse, its clients talk to whoever has it.',
  mend: 'Stop what listens there (`ss -ltnp` or `lsof -i` names it), or choose another port.',
  look: (surroundings) =>
    Promise.all((surroundings.profile.prerequisites?.freePorts ?? []).map((port) => judge(port, surroundings))),
}

// On some systems a socket of one address does not keep another from listening on all of them.
const ADDRESSES = [undefined, '127.0.0.1', '::1']
const NO_SUCH_ADDRESS: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

async function judge(port: number, surroundings: Surroundings): Promise<Reading> {
  const subject = String(port)
  const errors: NodeJS.ErrnoException[] = []
  // One after the other: they would be in each other's way.
  for (const address of ADDRESSES) {
    const error = await tryToListen(port, address)
    if (error !== undefined && !NO_SUCH_ADDRESS.has(error.code)) errors.push(error)
  }
  const [error] = errors
  if (error === undefined) return { kind: 'good', subject, seen: 'free' }
  if (error.code === 'EADDRINUSE')
    return (await takenByApi(port, surroundings)) ?? { kind: 'bad', subject, seen: 'taken' }
  if (error.code === 'EACCES') {
    const mend = 'Choose a port from 1024 on, or give the service the right to lower ones (CAP_NET_BIND_SERVICE).'
    return { kind: 'bad', subject, seen: 'this user may not listen there', mend }
  }
  return { kind: 'unknown', subject, seen: errorText(error) }
}

async function tryToListen(port: number, host: string | undefined): Promise<NodeJS.ErrnoException | undefined> {
  const server = createServer()
  try {
    server.listen({ port, ...(host !== undefined && { host }) })
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return undefined
  } catch (error) {
    return error as NodeJS.ErrnoException
  }
}

async function takenByApi(port: number, surroundings: Surroundings): Promise<Reading | undefined> {
  const { baseUrl } = surroundings.profile
  if (surroundings.beforeStart || !URL.canParse(baseUrl) || !isThisMachine(new URL(baseUrl))) return undefined
  if ((await ask(surroundings, baseUrl)).kind === 'failed') return undefined
  const { port: own, protocol } = new URL(baseUrl)
  const subject = String(port)
  if (port === Number(own || (protocol === 'https:' ? 443 : 80))) {
    return { kind: 'good', subject, seen: 'taken by the API of this profile, which answers there' }
  }
  return { kind: 'unknown', subject, seen: 'taken, perhaps by the API of this profile, which runs on this machine' }
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
