import { checkServerIdentity } from 'node:tls'
import { certificateOf } from '../certificate.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { type Server, serversOf, toSubject } from '../servers.ts'

export const tlsName: Probe = {
  id: 'tls-name',
  needs: 'The certificate is made out to the name of the server',
  how: 'The name by which each TLS server is called is held against the names in its certificate (RFC 9525). Asked are `prerequisites.hosts` with `tls: true`, and an https `baseUrl` and `publicBaseUrl`.',
  why: 'Clients break off the connection to a server that shows the certificate of another one.',
  mend: 'Call the server by a name in its certificate, or have one made for this name; a proxy may show its default certificate to names that it does not know.',
  look: (surroundings) =>
    Promise.all(
      serversOf(surroundings)
        .filter(({ tls }) => tls)
        .map((server) => judge(surroundings, server)),
    ),
}

async function judge(surroundings: Surroundings, server: Server): Promise<Reading> {
  const subject = toSubject(server)
  const shown = await certificateOf(surroundings, server)
  if (shown.kind === 'unseen') return { kind: 'unknown', subject, seen: shown.why }
  if (shown.kind === 'no-tls') {
    const mend = 'Correct the port or the scheme: what answers there speaks something else.'
    return { kind: 'bad', subject, seen: 'it answers, and not with TLS', mend }
  }
  const { certificate } = shown
  const names = (certificate.subjectaltname ?? `CN:${certificate.subject?.CN ?? ''}`).replaceAll(
    /(DNS|IP Address|CN):/g,
    '',
  )
  const isOther = checkServerIdentity(server.host, certificate) !== undefined
  return { kind: isOther ? 'bad' : 'good', subject, seen: `made out to ${names}` }
}
