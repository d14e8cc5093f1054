import { describe, expect, test } from 'vitest'
import { launch, loadTarget, type Report, verify } from '../../src/index.ts'
import { crashFlaws } from '../targets/crash/crash-flaws.ts'
import { notesCommand } from '../targets/crash/start-notes.ts'

const all = ['created-survives-crash', 'crash-no-duplicate', 'idem-no-lost-effect']

/** The report, and what is left of what the run created, whoever was told of it. */
async function judge(
  way: string,
  checks: readonly string[] = all,
  operations: readonly string[] = [],
): Promise<{ report: Report; left: readonly unknown[] }> {
  const { url, command } = await notesCommand(way)
  const api = await launch(command, { url })
  try {
    const run = verify({ target: await loadTarget(`${url}/openapi.json`), start: api, checks, operations, seed: 11 })
    let step = await run.next()
    while (!step.done) step = await run.next()
    const list = await fetch(`${url}/notes`)
    return { report: step.value, left: list.ok ? ((await list.json()) as unknown[]) : [] }
  } finally {
    await api.stop()
  }
}

const verdicts = ({ results }: Report) =>
  Object.fromEntries(results.map(({ check, verdict, level }) => [check, verdict === 'fail' ? level : verdict]))
const messages = ({ results }: Report) => results.map(({ check, message }) => `${check}: ${message}`).join('\n')

// Each has a process of its own, and most of the time somebody waits for one.
describe.concurrent('an API that is killed with SIGKILL and started again', () => {
  test.each(crashFlaws)('and that $way fails $check', async ({ way, check, level }) => {
    const { report, left } = await judge(way, [check])
    expect(verdicts(report), messages(report)).toEqual({ [check]: level })
    const [result] = report.results
    const known = new Set(report.exchanges.map(({ id }) => id))
    expect(result?.evidence.filter((id) => !known.has(id))).toEqual([])
    expect(result?.reproduce).toContain('curl ')
    expect([report.leftovers, left]).toEqual([[], []])
  })

  test('passes when it does everything in one transaction, and is left as it was', async () => {
    const { report, left } = await judge('right')
    expect(verdicts(report), messages(report)).toEqual({
      'created-survives-crash': 'pass',
      'crash-no-duplicate': 'pass',
      'idem-no-lost-effect': 'pass',
    })
    expect([report.leftovers, left]).toEqual([[], []])
  })

  test('is judged by what it acknowledged, and by nothing else, when it takes no keys', async () => {
    const { report, left } = await judge('right, without keys')
    expect(verdicts(report), messages(report)).toEqual({
      'created-survives-crash': 'pass',
      'crash-no-duplicate': 'skip',
      'idem-no-lost-effect': 'skip',
    })
    expect([report.leftovers, left]).toEqual([[], []])
  })

  test('is judged by what it acknowledged when clients name what they create, and keys are no matter', async () => {
    const { report, left } = await judge('right, by PUT', all, ['putNote'])
    expect(verdicts(report), messages(report)).toEqual({
      'created-survives-crash': 'pass',
      'crash-no-duplicate': 'skip',
      'idem-no-lost-effect': 'skip',
    })
    expect([report.leftovers, left]).toEqual([[], []])
    const lossy = await judge('acknowledges from memory, by PUT', ['created-survives-crash'], ['putNote'])
    expect(verdicts(lossy.report), messages(lossy.report)).toEqual({ 'created-survives-crash': 'error' })
  })

  test('is not said to have no duplicates when nothing can be counted', async () => {
    const { report } = await judge('right, without a list')
    expect(verdicts(report), messages(report)).toEqual({
      'created-survives-crash': 'pass',
      'crash-no-duplicate': 'inconclusive',
      'idem-no-lost-effect': 'pass',
    })
  })

  test('is not blamed for two steps that nobody can count either', async () => {
    const { report } = await judge('writes the row, then the key, without a list', ['crash-no-duplicate'])
    expect(verdicts(report), messages(report)).toEqual({ 'crash-no-duplicate': 'inconclusive' })
  })
})

test('an API that the verifier did not start is not killed', async () => {
  const { url, command } = await notesCommand('right')
  const api = await launch(command, { url })
  const run = verify({ target: await loadTarget(`${url}/openapi.json`), checks: all, seed: 11 })
  let step = await run.next()
  while (!step.done) step = await run.next()
  expect(verdicts(step.value)).toEqual(Object.fromEntries(all.map((check) => [check, 'skip'])))
  await api.stop()
})
