import type { RedisConnection } from './open-redis.ts'

/** What the server says of itself, by name. Rejects where it may not be asked. */
export async function redisInfo({ send }: RedisConnection): Promise<ReadonlyMap<string, string>> {
  const fields = new Map<string, string>()
  for (const line of String(await send('INFO')).split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1))
  }
  return fields
}
