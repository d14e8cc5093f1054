import type { Client } from '../http/client.ts'
import type { Creation, Target } from '../target/target.ts'
import { firstId } from './first-id.ts'

/** The ids of parents that exist already, outermost first, as far as their collections show any. */
export async function parentsByReading(
  client: Client,
  target: Target,
  { parents }: Creation,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for (const { parameter, creation: id } of parents) {
    const parent = target.creations.find((one) => one.id === id)
    const listed = parent === undefined ? {} : await firstId(client, target, parent, found)
    if (listed.id === undefined) break
    found[parameter] = listed.id
  }
  return found
}
