import { certificateOf } from '../certificate.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { type Server, serversOf, toSubject } from '../servers.ts'

export const tlsTrusted: Probe = {
  id: 'tls-trusted',
  needs: 'The certificate is signed by an authority that this Node trusts',
  how: 'The chain of each TLS server is followed to the authorities of this Node, with those of `NODE_EXTRA_CA_CERTS`. It is a warning, because a service may bring authorities of its own.',
  why: 'Clients that do not know the authority break off; often a certificate in the middle of the chain is missing.',
  mend: 'Let the server send its whole chain, or name the authority in `NODE_EXTRA_CA_CERTS`. Never turn the check off.',
  look: (surroundings) =>
    Promise.all(
      serversOf(surroundings)
        .filter(({ tls }) => tls)
        .map((server) => judge(surroundings, server)),
    ),
}

// The dates are what tls-expiry is about.
const DATES: ReadonlySet<string | undefined> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

async function judge(surroundings: Surroundings, server: Server): Promise<Reading> {
  const subject = toSubject(server)
  const shown = await certificateOf(surroundings, server)
  if (shown.kind !== 'certificate') return { kind: 'unknown', subject, seen: shown.why }
  const { distrust } = shown
  if (DATES.has(distrust)) return { kind: 'unknown', subject, seen: 'its dates are wrong, which tls-expiry tells' }
  // Whether it is made out to the right name is what tls-name is about.
  const isTrusted = distrust === undefined || distrust.includes('ERR_TLS_CERT_ALTNAME_INVALID')
  return { kind: isTrusted ? 'good' : 'warning', subject, seen: isTrusted ? 'trusted' : distrust! }
}
