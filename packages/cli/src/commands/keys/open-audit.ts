import { closeSync, openSync, writeSync } from 'node:fs'
import { userInfo } from 'node:os'
import { UsageError } from '../../usage-error.ts'

/** Who changed what, one JSON object a line. */
export interface Audit {
  write(line: Readonly<Record<string, unknown>>): void
  close(): void
}

/** Opens it before anything is changed, so that no change goes unwritten: a file that is appended to, or standard error. */
export function openAudit(file: string | undefined): Audit {
  const target = file === undefined ? undefined : openFile(file)
  return {
    write(line) {
      const text = `${JSON.stringify({ time: new Date().toISOString(), who: who(), ...line })}\n`
      if (target === undefined) process.stderr.write(text)
      else writeSync(target, text)
    },
    close() {
      if (target !== undefined) closeSync(target)
    },
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'a', 0o600)
  } catch (error) {
    throw new UsageError(`--audit ${file} cannot be written: ${(error as Error).message}. Nothing was changed.`)
  }
}

function who(): string {
  try {
    return userInfo().username
  } catch {
    // A user without a name, as containers have.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
