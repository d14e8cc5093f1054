import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Listening, nobody } from './listen.ts'

/** Starts json-server 0.17, an API that nobody here wrote, on a file in the folder. */
export async function startJsonServer(folder: string): Promise<Listening> {
  const database = join(folder, 'db.json')
  writeFileSync(database, JSON.stringify({ posts: [{ id: 'hello-world', title: 'Hello, world' }], comments: [] }))
  const bin = createRequire(import.meta.url).resolve('json-server/lib/cli/bin.js')
  const { port } = new URL(await nobody())
  const child = spawn(process.execPath, [bin, '--host', '127.0.0.1', '--port', port, database], {
    cwd: folder,
    // Its log of every error that it answers is nobody's business.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  await ready(child)
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function ready(child: ChildProcess): Promise<void> {
  let said = ''
  for await (const chunk of child.stdout!.setEncoding('utf8')) {
    said += chunk
    // Its last words before it waits.
    if (said.includes('Home')) break
  }
  if (!said.includes('Home')) throw new Error(`json-server ended before it served anything: ${said}`)
}
