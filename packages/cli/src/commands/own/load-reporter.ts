import type { Reporter } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import { importDefault } from './import-default.ts'

/** A reporter of the user's own, and the file that its text goes to, or `-` for standard output. */
export interface OwnReporter {
  readonly path: string
  readonly file: string
  readonly render: Reporter
}

/** Loads the reporters of `--reporter PATH` or `--reporter PATH=FILE`. */
export async function loadReporters(requests: readonly string[]): Promise<readonly OwnReporter[]> {
  const all: OwnReporter[] = []
  for (const request of requests) {
    const [, path = request, file = '-'] = /^(.+?\.[cm]?[jt]s)=(.+)$/.exec(request) ?? []
    const render = await importDefault(path, '--reporter')
    if (typeof render !== 'function') {
      throw new UsageError(
        `--reporter ${path}: its default export is no function. It takes the report and returns a text, or writes a file itself and returns nothing.`,
      )
    }
    all.push({ path, file, render: render as Reporter })
  }
  return all
}
