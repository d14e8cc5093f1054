import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import type { Disguise } from '../disguise.ts'

// The score runs from its compiled copy, tests from the source: both at the root of the repository.
const server = join(process.cwd(), 'packages/verifier/test/targets/crash/notes-process.mjs')
const folder = mkdtempSync(join(tmpdir(), 'createonce-notes-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** How to start the API of notes in one of its ways, on a port and a file of its own. */
export async function notesCommand(
  way: string,
  disguise: Disguise = [],
): Promise<{ readonly url: string; readonly command: string }> {
  const port = await freePort()
  const file = join(folder, `${++files}.db`)
  const others = disguise.map((pair) => ` "${pair.join(':')}"`).join('')
  return {
    url: `http://127.0.0.1:${port}`,
    command: `"${process.execPath}" "${server}" ${port} "${file}" "${way}"${others}`,
  }
}
