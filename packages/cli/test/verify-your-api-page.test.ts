import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from './createonce.ts'
import { nobody } from './targets/listen.ts'

const page = readFileSync(new URL('../../../docs/tutorials/verify-your-api.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].filter(([, name]) => name === language).map(([, , text]) => text!)
const [service = '', repair = ''] = blocks('python')
const [before = '', after = ''] = blocks('console')
const hasFlask = spawnSync('python3', ['-c', 'import flask']).status === 0

describe.skipIf(!hasFlask)('the tutorial of verifying (needs python3 with Flask)', () => {
  let child: ChildProcess | undefined
  afterEach(() => child?.kill('SIGKILL'))

  const verify = async (program: string) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'app.py'), program)
    const { port } = new URL(await nobody())
    child = spawn('python3', ['-m', 'flask', '--app', 'app', 'run', '--port', port], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    for await (const line of createInterface({ input: child.stderr! })) if (line.includes('Running on')) break
    // Its log of requests is read away: a full pipe would stop it.
    child.stderr!.resume()
    const run = await createonce(['verify', `http://localhost:${port}`])
    child.kill('SIGKILL')
    await once(child, 'exit')
    return { ...run, stdout: run.stdout.replaceAll(`localhost:${port}`, 'localhost:5000') }
  }

  it('shows what the first run says, and its exit code', async () => {
    const { code, stdout } = await verify(service)
    expect(stdout.split('\n').map(withoutChance)).toEqual(expect.arrayContaining(shown(before)))
    expect(code).toBe(1)
  })

  it('shows what the run after the repair says, and its exit code', async () => {
    const repaired = service.replace(
      /@app\.post\("\/tasks"\)[\s\S]*?(?=@app\.get\("\/tasks\/<int:id>"\))/,
      `${repair}\n\n`,
    )
    const { code, stdout } = await verify(repaired)
    expect(stdout.split('\n').map(withoutChance)).toEqual(expect.arrayContaining(shown(after)))
    expect(code).toBe(0)
  })
})

function shown(block: string): string[] {
  return block
    .split('\n')
    .filter((line) => line !== '…' && !line.startsWith('$ '))
    .map(withoutChance)
}

/** Without what differs from run to run, and without the counts that grow with every new check. */
function withoutChance(line: string): string {
  return line
    .replaceAll(/createonce-\d+-\w+/g, 'createonce-…')
    .replace(/\d+ requests, [\d.]+ s, seed \d+/, '… requests')
    .replaceAll(/\d+ (passed|inconclusive|skipped)/g, '… $1')
}
