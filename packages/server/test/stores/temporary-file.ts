import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A database file in a folder of its own, and how to remove both. */
export async function temporaryFile(): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-test-'))
  return { file: join(folder, 'data.db'), remove: () => rm(folder, { recursive: true, force: true }) }
}
