import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './createonce.ts'
import { runCurl } from './run-curl.ts'
import type { Answer } from './send.ts'

const page = readFileSync(new URL('../../../docs/tutorials/first-creation.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].filter(([, name]) => name === language)
const program = blocks('js')
  .map(([, , text]) => text!)
  .join('')
// A command ends where its lines do not go on with a backslash; what follows is its output.
const transcripts = blocks('console').map(
  ([, , text]) => /^\$ ((?:.*\\\n)*.*)\n([\s\S]*)$/.exec(text!)!.slice(1) as [string, string],
)

describe('the tutorial of the first creation', () => {
  const folder = temporaryFolder()
  let service: Awaited<ReturnType<typeof start>>
  const answers: Answer[] = []

  beforeAll(async () => {
    writeFileSync(join(folder, 'shop.mjs'), program)
    symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    service = await start(folder)
    for (const [command] of transcripts) answers.push(await runCurl(command, service.url))
  })
  afterAll(() => service.kill())

  it('is one short file', () => {
    expect(blocks('js')).toHaveLength(1)
    expect(program.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(35)
  })

  it.each(transcripts.map(([, output], n) => [output.split('\n')[0], output, n] as const))(
    'shows what is answered: %s',
    (_, output, n) => {
      const answer = answers[n]!
      const shown = [...output.matchAll(/^([a-z-]+): /gm)].map(([, name]) => name!)
      const lines = shown.map((name) => `${name}: ${answer.headers[name]}`)
      const real = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, ...lines, '', answer.body, ''].join(
        '\n',
      )
      expect(withoutIds(real)).toBe(withoutIds(output))
    },
  )

  it('is right that the retry is the same order, and a first answer bears no mark', () => {
    expect(answers[1]!.headers.location).toBe(answers[0]!.headers.location)
    expect(answers[0]!.headers['idempotent-replayed']).toBeUndefined()
  })

  it('is right that all of it holds after kill -9', async () => {
    await service.kill()
    service = await start(folder)
    const again = await runCurl(transcripts[0]![0], service.url)
    expect([again.body, again.headers['idempotent-replayed']]).toEqual([answers[0]!.body, 'true'])
  })
})

async function start(cwd: string): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['shop.mjs'], {
    cwd,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  return {
    url,
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|req-\d+/g, 'ID')
}
