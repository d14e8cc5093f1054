import { isRecord, type JsonObject } from './is-record.ts'
import { parseUrl } from './parse-url.ts'

/** The `servers` of a document as URLs: variables have their defaults, relative ones are resolved against the base. */
export function toServerUrls(servers: readonly unknown[], base: string | undefined): readonly string[] {
  return servers.filter(isRecord).flatMap((server) => {
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
