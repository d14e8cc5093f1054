import { writeFileSync } from 'node:fs'
import type { Report } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import type { OwnReporter } from './load-reporter.ts'

/** Runs the user's own reporters, one after the other. Throws {@link UsageError} for one that breaks. */
export async function runReporters(report: Report, reporters: readonly OwnReporter[]): Promise<void> {
  for (const { path, file, render } of reporters) {
    let text: unknown
    try {
      text = await render(report)
    } catch (error) {
      throw new UsageError(`--reporter ${path} broke: ${String(error)}`)
    }
    if (text === undefined) continue
    if (typeof text !== 'string')
      throw new UsageError(`--reporter ${path} returned ${typeof text}: it returns a text, or nothing.`)
    if (file === '-') process.stdout.write(text)
    else writeFileSync(file, text)
  }
}
