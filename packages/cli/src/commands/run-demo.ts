import { exitCodeOf, loadTarget } from '@createonce/verifier'
import { Interrupted } from './interrupted.ts'
import { runVerify } from './run-verify.ts'
import { startBookshop } from './start-bookshop.ts'
import { untilStopped } from './until-stopped.ts'
import { writeReports } from './write-reports.ts'

/** What the options of `createonce demo` say. */
export interface DemoOptions {
  readonly port: number
  readonly host: string
  readonly store: string
  readonly report: string
  readonly once?: boolean
}

/** Serves the bookshop, verifies it, says how to try it, and goes on serving until it is stopped. */
export async function runDemo({ port, host, store, report: file, once = false }: DemoOptions): Promise<void> {
  const shop = await startBookshop({ port, host, store, logs: false })
  process.stdout.write(`The bookshop is listening on ${shop.url} (data: ${shop.where})\n\n`)
  try {
    const { report, isInterrupted } = await runVerify({ target: await loadTarget(`${shop.url}/openapi.json`) })
    process.stdout.write('\n')
    writeReports(report, [{ format: 'json', file }])
    if (isInterrupted) throw new Interrupted()
    process.exitCode = exitCodeOf(report)
    process.stdout.write(`\nThe whole report: ${file}\n\n${howToTry(shop.url, once)}`)
    if (once) return
    const stopped = untilStopped(async () => {})
    process.stdout.write('\nServing until Ctrl-C …\n')
    await stopped
    // The report was a step on the way; being stopped is how this command is meant to end.
    process.exitCode = 0
  } finally {
    await shop.stop()
  }
}

function howToTry(url: string, isOver: boolean): string {
  const order = `'{"email":"ada@example.org","lines":[{"title":"Middlemarch","quantity":1}]}'`
  return [
    isOver ? 'Try it (without --once, which stops the bookshop now):' : 'Try it:',
    `  curl -i ${url}/orders -H 'Content-Type: application/json' -H 'Idempotency-Key: first-order' -d ${order}`,
    '    … again, and the same order comes back, marked Idempotent-Replayed: true',
    `  curl -i ${url}/publishers -H 'Content-Type: application/json' -d '{"name":"Virago"}'`,
    '    … again, and it is 409: the name is taken, and the answer links the publisher that has it',
    `  curl -s ${url}/orders`,
    '    … the order is there once, however often you sent it',
    '',
  ].join('\n')
}
