import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { errorText } from '../error-text.ts'
import type { Probe, Reading } from '../probe.ts'
import { serversOf } from '../servers.ts'

export const dnsResolves: Probe = {
  id: 'dns-resolves',
  needs: 'The name of the server leads to an address',
  how: 'The system resolves each name of `prerequisites.hosts`, `baseUrl` and `publicBaseUrl`, as the service would: with its hosts file.',
  why: 'Nothing else works with a name that leads nowhere.',
  mend: 'Check the spelling; a name inside a cluster or a private network exists only there.',
  look: (surroundings) => {
    const names = new Set(serversOf(surroundings).map(({ host }) => host))
    return Promise.all([...names].filter((name) => isIP(name) === 0).map(judge))
  },
}

// More say nothing more.
const SHOWN = 3

async function judge(subject: string): Promise<Reading> {
  try {
    const addresses = [...new Set((await lookup(subject, { all: true })).map(({ address }) => address))]
    const more = addresses.length > SHOWN ? ` and ${addresses.length - SHOWN} more` : ''
    return { kind: 'good', subject, seen: `${addresses.slice(0, SHOWN).join(', ')}${more}` }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTFOUND') return { kind: 'bad', subject, seen: 'no address (ENOTFOUND)' }
    if (code !== 'EAI_AGAIN') return { kind: 'bad', subject, seen: errorText(error) }
    const mend = 'See whether this machine reaches its name server (/etc/resolv.conf), and check the spelling.'
    return { kind: 'bad', subject, seen: 'the name server gives no answer (EAI_AGAIN)', mend }
  }
}
