import { ask } from '../ask.ts'
import { below } from '../below.ts'
import { documentPathOf } from '../document-path.ts'
import { listPathsOf } from '../list-urls.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'
import { READY } from './api-ready.ts'

export const publicBaseUrlReached: Probe = {
  id: 'public-base-url-reached',
  needs: 'The public base URL leads to the same API',
  how: 'What answers 2xx below `baseUrl` (readiness, the document, lists) is asked for below `publicBaseUrl`: one that answers 2xx with the same media type is enough. Where only readiness and the document are missing, which a proxy may hide, it is a warning.',
  why: 'Location is made of the public base URL: clients would be sent to an address where their resource is not.',
  mend: 'Hold the path prefix of `publicBaseUrl` against the rule of the proxy: one that strips the prefix needs it there, one that does not needs it in `baseUrl` as well.',
  needsApi: true,
  look: async (surroundings) => {
    const { baseUrl, publicBaseUrl } = surroundings.profile
    if (publicBaseUrl === undefined || below(publicBaseUrl, '') === below(baseUrl, '')) return []
    return [await judge(surroundings, publicBaseUrl)]
  },
}

// As many say enough.
const LISTS = 2

async function judge(surroundings: Surroundings, subject: string): Promise<Reading> {
  const variable = unsetIn(surroundings, 'baseUrl', 'publicBaseUrl', 'headers')
  if (variable !== undefined) return { kind: 'unknown', subject, seen: `${variable} is not set` }
  const lists = (await listPathsOf(surroundings)).slice(0, LISTS)
  const document = await documentPathOf(surroundings)
  const paths = [surroundings.profile.ready ?? READY, ...(document === undefined ? [] : [document]), ...lists]
  const pairs = await Promise.all(paths.map((path) => compare(surroundings, path, subject)))
  const judged = pairs.filter((pair) => pair !== undefined)
  if (judged.length === 0)
    return { kind: 'unknown', subject, seen: 'nothing below baseUrl answers 2xx to compare it with' }
  const same = judged.find(({ isSame }) => isSame)
  if (same !== undefined) return { kind: 'good', subject, seen: `the same at ${same.path}` }
  const isHidden = judged.every(({ path, isFailed }) => !isFailed && !lists.includes(path))
  return { kind: isHidden ? 'warning' : 'bad', subject, seen: judged.map(({ seen }) => seen).join('; ') }
}

interface Compared {
  readonly path: string
  readonly isSame: boolean
  readonly isFailed: boolean
  readonly seen: string
}

async function compare(surroundings: Surroundings, path: string, publicBaseUrl: string): Promise<Compared | undefined> {
  const own = await ask(surroundings, below(surroundings.profile.baseUrl, path))
  if (own.kind === 'failed' || !isSuccess(own.status)) return undefined
  const there = await ask(surroundings, below(publicBaseUrl, path))
  if (there.kind === 'failed') return { path, isSame: false, isFailed: true, seen: there.why }
  // A website answers 200 with its front page to every path.
  const [ownType, type] = [mediaType(own.headers['content-type']), mediaType(there.headers['content-type'])]
  const isSame = isSuccess(there.status) && ownType === type
  const seen = `${path} answers ${there.status} ${type}, not ${own.status} ${ownType}`
  return { path, isSame, isFailed: false, seen }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function mediaType(header = 'without a media type'): string {
  return header.split(';')[0]!.trim().toLowerCase()
}
