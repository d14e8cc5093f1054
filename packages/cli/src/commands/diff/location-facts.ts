/** What a Location says, apart from the address of the environment and the ids in it. */
export interface LocationFacts {
  readonly form: 'absolute' | 'a path' | 'relative'
  /** `own`, or the origin that it leads to. */
  readonly origin: string
  /** `own`, or the path that lacks the prefix. */
  readonly prefix: string
}

/**
 * Reads a Location as a client does that called `requestUrl` by way of the public base URL.
 *
 * @param baseUrl - what the run called.
 */
export function locationFacts(
  location: string,
  requestUrl: string,
  baseUrl: string,
  publicBaseUrl: string = baseUrl,
): LocationFacts | undefined {
  const base = publicBaseUrl.replace(/\/+$/, '')
  const asked = base + requestUrl.slice(baseUrl.replace(/\/+$/, '').length)
  if (!URL.canParse(location, asked)) return undefined
  const at = new URL(location, asked)
  const own = new URL(base)
  const prefix = own.pathname.replace(/\/+$/, '')
  return {
    form:
      /^[a-z][a-z0-9+.-]*:/i.test(location) || location.startsWith('//')
        ? 'absolute'
        : location.startsWith('/')
          ? 'a path'
          : 'relative',
    origin: at.origin === own.origin ? 'own' : at.origin,
    prefix: at.pathname.startsWith(`${prefix}/`) ? 'own' : `missing: ${at.pathname.split('/').slice(0, 2).join('/')}/…`,
  }
}
