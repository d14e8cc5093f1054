import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.mjs'
import { principals } from './credentials.mjs'
import { judge } from './judge.mjs'
import { serveArguments } from './start-serve.mjs'

// What needs a kill; the others were judged without one.
const checks = ['created-survives-crash', 'crash-no-duplicate', 'idem-no-lost-effect']

/** Serves a document from a file and kills it while it creates: what `createonce verify --start` does. */
export async function tryCrash({ file, name, document, operations }) {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-corpus-'))
  try {
    const port = await freePort()
    const words = serveArguments(file, { port, store: `sqlite:${join(folder, 'data.db')}`, tokens: principals })
    const start = [process.execPath, ...words].map(quoted).join(' ')
    return await judge({ file, name, document, operations, checks, start, baseUrl: `http://127.0.0.1:${port}` })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One word of a POSIX shell. */
function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`
}
