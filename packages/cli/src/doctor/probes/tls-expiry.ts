import type { PeerCertificate } from 'node:tls'
import { certificateOf } from '../certificate.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { type Server, serversOf, toSubject } from '../servers.ts'

export const tlsExpiry: Probe = {
  id: 'tls-expiry',
  needs: 'The certificate is valid, and will be for some time',
  how: 'The dates in the certificate of each TLS server are held against the clock of this machine. Fewer days left than `certificateDays` is bad; where the profile names none, fewer than 14, or than a quarter of its whole life, is a warning.',
  why: 'On the day it expires, every client breaks off.',
  mend: 'Renew it, and find out why that did not happen by itself; a server may have to be told to read the new one.',
  look: (surroundings) =>
    Promise.all(
      serversOf(surroundings)
        .filter(({ tls }) => tls)
        .map((server) => judge(surroundings, server)),
    ),
}

const DAY_MS = 86_400_000
// What most authorities renew at the latest; certificates that live for days are renewed in their last quarter.
const DAYS = 14

async function judge(surroundings: Surroundings, server: Server): Promise<Reading> {
  const subject = toSubject(server)
  const shown = await certificateOf(surroundings, server)
  if (shown.kind !== 'certificate') return { kind: 'unknown', subject, seen: shown.why }
  return { subject, ...judgeDates(shown.certificate, surroundings.now(), server.certificateDays) }
}

function judgeDates(certificate: PeerCertificate, now: number, wanted?: number): Omit<Reading, 'subject'> {
  const [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)]
  if (now < from) {
    const mend = 'Look at the clock of this machine first; then at the certificate.'
    return { kind: 'bad', seen: `not valid before ${day(from)}`, mend }
  }
  if (now > to) return { kind: 'bad', seen: `expired on ${day(to)}` }
  const left = (to - now) / DAY_MS
  const seen = `valid until ${day(to)}, ${Math.floor(left)} days`
  if (wanted !== undefined) return { kind: left < wanted ? 'bad' : 'good', seen: `${seen}; needed: ${wanted}` }
  return { kind: left < Math.min(DAYS, (to - from) / DAY_MS / 4) ? 'warning' : 'good', seen }
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
