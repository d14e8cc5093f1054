import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process that runs programs of the pages. */
export interface SnippetHost {
  /** Where its programs lie, and find their packages. */
  readonly folder: string
  /** Starts a program, and tells its origin. */
  start(program: string): Promise<string>
  stop(): Promise<void>
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
// What the programs import, from where this package has it.
const packages = ['express', 'fastify', '@photostructure/sqlite']

/** Starts the process that runs the programs for Express and Fastify. */
export async function startNodeHost(): Promise<SnippetHost> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-fixes-'))
  for (const name of packages) {
    const link = join(folder, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(await folderOf(name), link)
  }
  return hosted(spawn(process.execPath, [here('node-host-process.mjs')]), folder, 'mjs')
}

/** Starts the process that runs the programs for Flask. */
export async function startFlaskHost(python: string): Promise<SnippetHost> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-fixes-'))
  return hosted(spawn(python, [here('flask_host_process.py')]), folder, 'py')
}

async function folderOf(name: string): Promise<string> {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const path of paths) {
    const found = await realpath(join(path, name)).catch(() => undefined)
    if (found !== undefined) return found
  }
  throw new Error(`${name} is not installed: npm ci`)
}

function hosted(child: ChildProcessWithoutNullStreams, folder: string, extension: string): SnippetHost {
  const told: string[] = []
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk.toString()))
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let count = 0
  // One question after the other: an answer carries no name.
  let turn: Promise<unknown> = Promise.resolve()
  const ask = async (program: string): Promise<string> => {
    const file = join(folder, `program-${++count}.${extension}`)
    await writeFile(file, program)
    child.stdin.write(`${file}\n`)
    const { value, done } = await replies.next()
    if (done) throw new Error(`the process of the programs has ended:\n${told.join('')}`)
    const reply = JSON.parse(value) as { port?: number; error?: string }
    if (reply.port === undefined) throw new Error(`the program does not start: ${reply.error}\n${program}`)
    return `http://127.0.0.1:${reply.port}`
  }
  return {
    folder,
    start(program) {
      const asked = turn.then(() => ask(program))
      turn = asked.catch(() => {})
      return asked
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
