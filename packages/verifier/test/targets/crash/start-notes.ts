import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../free-port.ts'

const server = fileURLToPath(new URL('notes-process.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'createonce-notes-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** How to start the API of notes in one of its ways, on a port and a file of its own. */
export async function notesCommand(way: string): Promise<{ readonly url: string; readonly command: string }> {
  const port = await freePort()
  const file = join(folder, `${++files}.db`)
  return { url: `http://127.0.0.1:${port}`, command: `"${process.execPath}" "${server}" ${port} "${file}" "${way}"` }
}
