import type { HeaderLine } from '../exchange/exchange.ts'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A host that is nobody's: reserved by RFC 2606. */
export const canary = 'createonce-canary.invalid'

/** A create that names another host, in one way. */
export interface Spoofed {
  readonly by: 'Host' | 'forwarding headers'
  readonly tried: Tried
}

const ways: readonly { by: Spoofed['by']; headers: readonly HeaderLine[] }[] = [
  { by: 'Host', headers: [['Host', canary]] },
  {
    by: 'forwarding headers',
    headers: [
      ['X-Forwarded-Host', canary],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Prefix', `/${canary}`],
      ['Forwarded', `host=${canary};proto=https`],
    ],
  },
]

/** Creates that name another host than the one that was called; none unless the run may be hostile. */
export const spoofedHosts: Experiment<readonly Spoofed[]> = {
  name: 'create with a spoofed host',
  async run(lab) {
    await lab.ask(created)
    if (!lab.hostile) return []
    const spoofed: Spoofed[] = []
    for (const { by, headers } of ways) spoofed.push({ by, tried: await lab.tryPost({ body: lab.newBody(), headers }) })
    return spoofed
  },
}
