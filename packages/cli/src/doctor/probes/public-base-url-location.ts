import { loadTarget, TargetError } from '@createonce/verifier'
import { below } from '../below.ts'
import { documentOf } from '../document.ts'
import { documentPathOf } from '../document-path.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'

export const publicBaseUrlLocation: Probe = {
  id: 'public-base-url-location',
  needs: 'The document names the public base URL',
  how: 'The `servers` of the document, as it is seen below `publicBaseUrl` where it is there, are held against that: one has to have its path. What Location says is seen only by creating, as `smoke` does. It is a warning, and nothing is concluded from a document without servers.',
  why: 'Clients that follow the document, and those that follow Location, would end in different places; often both are made from one setting that is wrong.',
  mend: 'Set the public base URL in the service (`publicBaseUrl`, or what its framework takes for it), from which Location and `servers` are made.',
  needsApi: true,
  look: async (surroundings) => {
    const { publicBaseUrl } = surroundings.profile
    return publicBaseUrl === undefined ? [] : [await judge(surroundings, publicBaseUrl)]
  },
}

async function judge(surroundings: Surroundings, publicBaseUrl: string): Promise<Reading> {
  const subject = publicBaseUrl
  const variable = unsetIn(surroundings, 'baseUrl', 'publicBaseUrl', 'headers')
  if (variable !== undefined) return { kind: 'unknown', subject, seen: `${variable} is not set` }
  if (!URL.canParse(publicBaseUrl)) return { kind: 'bad', subject, seen: 'it is not a URL' }
  const servers = (await serversInPublic(surroundings, publicBaseUrl)) ?? (await absoluteServers(surroundings))
  if (servers.length === 0) return { kind: 'unknown', subject, seen: 'no document names a server to hold it against' }
  // A document may name the server of another environment; its path is the same in all of them.
  const same = servers.find((server) => pathOf(server) === pathOf(publicBaseUrl))
  if (same !== undefined) return { kind: 'good', subject, seen: `the document names ${same}` }
  return { kind: 'warning', subject, seen: `the document names ${servers.join(', ')}` }
}

/** The servers as clients see them: a relative one is relative to the public address of the document. */
async function serversInPublic(
  surroundings: Surroundings,
  publicBaseUrl: string,
): Promise<readonly string[] | undefined> {
  const path = await documentPathOf(surroundings)
  if (path === undefined) return undefined
  const { headers = {} } = surroundings.profile
  try {
    const { timeoutMs } = surroundings
    return (await loadTarget(below(publicBaseUrl, path), { baseUrl: publicBaseUrl, headers, timeoutMs })).servers
  } catch (error) {
    if (error instanceof TargetError) return undefined
    throw error
  }
}

/** Those that do not depend on where the document was read. */
async function absoluteServers(surroundings: Surroundings): Promise<readonly string[]> {
  const found = await documentOf(surroundings)
  if (found.kind === 'refused') return []
  const { source } = found.target.document
  const own = URL.canParse(source) ? new URL(source).origin : undefined
  return (found.target.servers ?? []).filter((server) => new URL(server).origin !== own)
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '')
}
