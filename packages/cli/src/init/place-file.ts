import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { changedLines } from './changed-lines.ts'
import type { NewFile } from './new-file.ts'

/** What became of a file. */
export type Placed = NewFile & {
  readonly outcome:
    | 'written'
    /** In a dry run: nothing is there, and nothing was written. */
    | 'new'
    /** It is there and says the same. */
    | 'same'
    /** It is there, says something else, and stays as it is. */
    | 'left'
  /** Of what was left: the lines that would go and come; absent where it cannot be compared. */
  readonly changes?: readonly string[]
}

/** Writes a file where nothing is; what is there stays as it is, whatever it says. */
export function placeFile(folder: string, file: NewFile, isDry: boolean): Placed {
  const path = join(folder, file.path)
  const there = read(path)
  if (there !== undefined) return compared(file, there)
  if (isDry) return { ...file, outcome: 'new' }
  try {
    mkdirSync(dirname(path), { recursive: true })
    // Exclusive: also what came between looking and writing stays, and a link that leads nowhere.
    writeFileSync(path, file.text, { flag: 'wx' })
    return { ...file, outcome: 'written' }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { ...file, outcome: 'left' }
    throw new UsageError(`${file.path} cannot be written: ${(error as Error).message}`)
  }
}

function compared(file: NewFile, there: string): Placed {
  if (there === file.text) return { ...file, outcome: 'same' }
  const changes = changedLines(there, file.text)
  return { ...file, outcome: 'left', ...(changes !== undefined && { changes }) }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`)
  }
}
