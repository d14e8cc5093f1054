import { isIP } from 'node:net'
import type { Surroundings } from './probe.ts'

/** A server that the profile needs. */
export interface Server {
  /** Without brackets. */
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** What the profile says of its certificate. */
  readonly certificateDays?: number
}

/** The servers of `hosts`, and those of the API itself where it is expected to run; each once. */
export function serversOf({ profile, beforeStart }: Surroundings): readonly Server[] {
  const declared = (profile.prerequisites?.hosts ?? []).map(({ tls = false, ...host }) => ({ ...host, tls }))
  const own = beforeStart ? [] : [profile.baseUrl, profile.publicBaseUrl].flatMap(toServer)
  const all = [...declared, ...own]
  return all.filter((server, index) => all.findIndex((other) => toSubject(other) === toSubject(server)) === index)
}

/** How a server is named in a reading. */
export function toSubject({ host, port }: Server): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

function toServer(url: string | undefined): Server[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { hostname, port, protocol } = new URL(url)
  const tls = protocol === 'https:'
  return [{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (tls ? 443 : 80)), tls }]
}
