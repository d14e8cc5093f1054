import type { Command } from './driver.ts'
import { replyCode } from './reply-code.ts'

/** What a server says of itself, as far as it may be asked. */
export interface ServerInfo {
  /** The fields of INFO; nothing where the server forbids the question. */
  readonly fields: ReadonlyMap<string, string> | undefined
  /** When what was written reaches the disk: `always`, `everysec`, `no`; nothing where CONFIG is forbidden. */
  readonly appendfsync: string | undefined
}

/** Asks one server. Managed ones forbid CONFIG, and some forbid INFO; that is no fault. */
export async function readInfo(send: (command: Command) => Promise<unknown>): Promise<ServerInfo> {
  const info = await permitted(send(['INFO']))
  const config = await permitted(send(['CONFIG', 'GET', 'appendfsync']))
  return {
    fields: info === undefined ? undefined : toFields(String(info)),
    appendfsync: config === undefined ? undefined : appendfsyncOf(config),
  }
}

async function permitted(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply
  } catch (error) {
    // NOPERM by an access list; ERR where the command was renamed or taken out.
    const code = replyCode(error)
    if (code === 'NOPERM' || code === 'ERR') return undefined
    throw error
  }
}

function toFields(info: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of info.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1))
  }
  return fields
}

/** A pair as a list (RESP 2), a map or an object (RESP 3, by client). */
function appendfsyncOf(config: unknown): string | undefined {
  const value = Array.isArray(config)
    ? config[1]
    : config instanceof Map
      ? config.get('appendfsync')
      : (config as Record<string, unknown> | null)?.['appendfsync']
  return value === undefined ? undefined : String(value)
}
