import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cause } from '../../src/causes/cause.ts'
import { causes } from '../../src/causes/causes.ts'
import { checks, launch, type Report } from '../../src/index.ts'
import { runVerify } from '../run-verify.ts'
import { killableProgram } from './killable-program.ts'
import { proofs } from './proofs.ts'
import { type PythonEnvironment, pythonEnvironment } from './python-environment.ts'
import { frameworks, readFixPage } from './read-fix-page.ts'
import { type SnippetHost, startFlaskHost, startNodeHost } from './snippet-host.ts'
import { toDocument } from './to-document.ts'

const registered = new Set(checks.map(({ id }) => id))
// A process that was killed needs real time to come back.
const realSleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
let node: SnippetHost
let python: PythonEnvironment
let flask: SnippetHost | undefined

beforeAll(async () => {
  node = await startNodeHost()
  python = await pythonEnvironment()
  if (python.kind === 'ready') flask = await startFlaskHost(python.python)
})

afterAll(async () => {
  await node.stop()
  await flask?.stop()
})

async function judge(host: SnippetHost, program: string, cause: string, ids: readonly string[]): Promise<Report> {
  const interpreter = host === flask && python.kind === 'ready' ? { python: python.python } : {}
  const killable = proofs[cause]?.isKilled
    ? await killableProgram(program, { folder: host.folder, ...interpreter })
    : undefined
  const api = killable === undefined ? undefined : await launch(killable.command, { url: killable.url })
  const origin = killable?.url ?? (await host.start(program))
  const source = await documentOf(origin, cause)
  const operations = ['createItem']
  try {
    const start = api === undefined ? {} : { start: api, sleep: realSleep }
    const run = { checks: [...ids, ...(proofs[cause]?.beside ?? [])], operations, ...start, ...proofs[cause]?.run }
    const { report } = await runVerify(source, run)
    return { ...report, results: report.results.filter(({ check }) => ids.includes(check)) }
  } finally {
    await api?.stop()
  }
}

/** The document of a program: a file, or where the program serves its own. */
async function documentOf(origin: string, cause: string): Promise<string> {
  const promises = proofs[cause]?.promises
  if (promises === undefined) return `${origin}/openapi.json`
  const file = join(tmpdir(), `createonce-fix-${cause}-${new URL(origin).port}.json`)
  await writeFile(file, JSON.stringify(toDocument(origin, promises)))
  return file
}

const verdicts = (report: Report) =>
  Object.fromEntries(
    report.results.map(({ check, verdict, message }) => [
      check,
      verdict === 'pass' || verdict === 'fail' ? verdict : `${verdict}: ${message}`,
    ]),
  )

const isKilled = ({ id }: Cause) => proofs[id]?.isKilled === true
const isWhole = process.env['CREATEONCE_FIXES'] === 'all'

describe.each(causes.filter((one) => !isKilled(one)))('the fix of $id', isShown)
// These have processes of their own, and most of the time somebody waits for one. Killed and started again some twenty
// times each they take long: `npm run fixes` runs them, in all frameworks.
if (isWhole) describe.concurrent.each(causes.filter(isKilled))('the fix of $id', isShown)

function isShown({ id, checks: named }: Cause): void {
  const judged = named.filter((check) => registered.has(check))

  test.for(frameworks)(
    'in %s: what is shown as wrong is found, and with the fix all its checks pass',
    async (framework, { skip }) => {
      const host = framework === 'Flask' ? flask : node
      if (host === undefined) {
        const what = `the programs for Flask were not run: ${python.kind === 'missing' ? python.what : ''}`
        // On a machine of one's own that is a reason to leave them out, and it is printed; in CI nothing is left out.
        if (process.env['CI'] !== undefined) throw new Error(what)
        console.warn(what)
        return skip(what)
      }
      const { wrong, fixed } = readFixPage(id)[framework]
      const unseen = (proofs[id]?.unseen ?? []).filter((one) => (one.framework ?? framework) === framework)
      const seen = judged.filter((check) => !unseen.some((one) => one.check === check))
      const before = verdicts(await judge(host, wrong, id, judged))
      const found = Object.keys(before).filter((check) => before[check] === 'fail')
      expect({ found: found.sort(), before }).toEqual({ found: seen.sort(), before })
      const after = verdicts(await judge(host, fixed, id, judged))
      const afterwards = (check: string) => unseen.find((one) => one.check === check)?.afterwards ?? 'pass'
      expect(after).toEqual(Object.fromEntries(judged.map((check) => [check, afterwards(check)])))
    },
  )
}
