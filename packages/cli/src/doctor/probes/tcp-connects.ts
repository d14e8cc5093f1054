import { connect } from 'node:net'
import { errorText } from '../error-text.ts'
import type { Probe, Reading } from '../probe.ts'
import { type Server, serversOf, toSubject } from '../servers.ts'

export const tcpConnects: Probe = {
  id: 'tcp-connects',
  needs: 'The server takes connections',
  how: 'A TCP connection to each of `prerequisites.hosts`, `baseUrl` and `publicBaseUrl` is opened and closed.',
  why: 'A closed port, a firewall or a missing route keeps the service from what it needs.',
  mend: 'Refused: start the server, or correct the port. No answer: a firewall, a security group or a network policy drops it.',
  look: (surroundings) => Promise.all(serversOf(surroundings).map((server) => judge(server, surroundings.timeoutMs))),
}

function judge(server: Server, timeoutMs: number): Promise<Reading> {
  const subject = toSubject(server)
  return new Promise((resolve) => {
    const socket = connect({ host: server.host, port: server.port })
    const end = (reading: Reading): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(reading)
    }
    const timer = setTimeout(() => end({ kind: 'bad', subject, seen: `no answer within ${timeoutMs} ms` }), timeoutMs)
    socket.once('connect', () => end({ kind: 'good', subject, seen: 'connected' }))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // A name without an address is what dns-resolves is about.
      const isName = error.syscall === 'getaddrinfo'
      end({ kind: isName ? 'unknown' : 'bad', subject, seen: isName ? 'its name leads nowhere' : errorText(error) })
    })
  })
}
