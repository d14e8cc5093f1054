import { closeSync, openSync, writeSync } from 'node:fs'
import { parse } from 'node:path'
import { UsageError } from '../../../usage-error.ts'
import { version } from '../../../version.ts'

/** A file that exchanges are written into. */
export interface Recording {
  /** The file that is being written. */
  readonly file: string
  /** Writes an entry of an HTTP Archive; throws where the disk does not take it, or the recording is closed. */
  add(entry: object): void
  close(): void
}

/** How a recording is written. */
export interface RecordingOptions {
  /** Entries after which a new file is begun. @default 10 000 */
  readonly maxEntries?: number
}

// What viewers of archives still open; at 128 KiB for each at most, a file stays below 1.3 GB.
const MAX_ENTRIES = 10_000

const HEAD = `${JSON.stringify({ log: { version: '1.2', creator: { name: 'createonce', version } } }).slice(0, -2)},"entries":[`
const FOOT = '\n]}}\n'

/**
 * Opens a file for a recording, never one that exists: beside `traffic.har` the next one is `traffic-2.har`. Throws a `UsageError`
 * where it cannot be made.
 *
 * The file is whole after each entry: an entry and the end of the document are written at once, over the end that was there. A process that
 * is killed leaves what it had answered; at worst, killed in the middle of a write, a last line that is cut:
 * without that line and with `]}}` in its place the document is whole again.
 */
export function openRecording(path: string, { maxEntries = MAX_ENTRIES }: RecordingOptions = {}): Recording {
  let { file, fd } = create(path)
  let entries = 0
  let end = begin(fd)
  let isClosed = false
  return {
    get file() {
      return file
    },
    add(entry) {
      // The number of a file that was closed is soon that of a socket.
      if (isClosed) throw new Error('The recording is closed.')
      if (entries === maxEntries) {
        closeSync(fd)
        ;({ file, fd } = create(path))
        end = begin(fd)
        entries = 0
      }
      const line = Buffer.from(`${entries === 0 ? '\n' : '\n,'}${JSON.stringify(entry)}`)
      writeAll(fd, Buffer.concat([line, Buffer.from(FOOT)]), end)
      end += line.byteLength
      entries += 1
    },
    close() {
      if (isClosed) return
      isClosed = true
      closeSync(fd)
    },
  }
}

/** Writes an archive without entries; tells where the first one goes. */
function begin(fd: number): number {
  writeAll(fd, Buffer.from(HEAD + FOOT), 0)
  return Buffer.byteLength(HEAD)
}

// A write may take less than it is given, for example where the disk becomes full.
function writeAll(fd: number, bytes: Buffer, position: number): void {
  let written = 0
  while (written < bytes.byteLength) {
    written += writeSync(fd, bytes, written, bytes.byteLength - written, position + written)
  }
}

function create(path: string): { file: string; fd: number } {
  const { dir, name, ext } = parse(path)
  for (let count = 1; ; count += 1) {
    const file = count === 1 ? path : `${dir === '' ? '' : `${dir}/`}${name}-${count}${ext}`
    try {
      // Bodies are nobody else's business.
      return { file, fd: openSync(file, 'wx', 0o600) }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') continue
      throw new UsageError(
        `--record ${path} cannot be written: ${message}. Mend it, or name a file in a folder that is there and may be written to.`,
      )
    }
  }
}
