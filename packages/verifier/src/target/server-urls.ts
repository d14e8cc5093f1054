import { isRecord, type JsonObject } from './is-record.ts'
import { parseUrl } from './parse-url.ts'

/** The URLs of a list of servers, with the defaults of their variables; relative ones against the base. */
export function serverUrls(declared: unknown, base: string | undefined): readonly string[] {
  // OpenAPI §4.8.1: without servers, the default is one with the url "/".
  const list = Array.isArray(declared) && declared.length > 0 ? declared : [{ url: '/' }]
  return list.filter(isRecord).flatMap((server) => {
    const url = parseUrl(withDefaults(server), base)
    return url !== undefined && /^https?:$/.test(url.protocol) ? [url.href] : []
  })
}

function withDefaults(server: JsonObject): string {
  const variables = isRecord(server['variables']) ? server['variables'] : {}
  return String(server['url'] ?? '/').replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const variable = variables[name]
    if (!isRecord(variable)) return whole
    return String(variable['default'] ?? (Array.isArray(variable['enum']) ? variable['enum'][0] : whole))
  })
}
