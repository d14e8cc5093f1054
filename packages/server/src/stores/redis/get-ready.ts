import type { Driver } from './driver.ts'
import { judgeServers, type RedisGuarantee } from './judge-server.ts'
import { readInfo } from './read-info.ts'

/** Asks every server that holds keys, and judges what they say. */
export async function getReady(driver: Driver): Promise<RedisGuarantee> {
  const primaries = await driver.primaries()
  if (primaries.length === 0) throw new Error('The cluster client knows no primary: is it connected?')
  return judgeServers(await Promise.all(primaries.map(readInfo)))
}
