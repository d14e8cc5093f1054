import { asText } from './as-text.ts'
import type { Ran } from './driver.ts'
import type { Step } from './statement.ts'

/** What one physical connection has prepared by messages of the simple protocol. */
export interface Prepared {
  readonly names: Set<string>
  /** A message that prepared something has failed, and nobody knows how far it came. */
  isInDoubt: boolean
}

/** Sends steps by the simple protocol, which every driver has. */
export async function sendAsText(
  steps: readonly Step[],
  prepared: Prepared,
  run: (text: string) => Promise<Ran>,
): Promise<Ran> {
  const known = prepared.names.size
  const text = asText(steps, prepared.names)
  try {
    return await run(text)
  } catch (error) {
    if (prepared.names.size > known) prepared.isInDoubt = true
    throw error
  }
}
