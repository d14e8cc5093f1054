import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { FileNeeded } from '../config/config.ts'
import type { Reading, Surroundings } from './probe.ts'

type Access = FileNeeded['access'][number]
type Stats = Awaited<ReturnType<typeof stat>>

/** A file that the profile names, as it is found. */
export interface FoundFile {
  readonly path: string
  readonly stats: Stats
}

const BITS: Readonly<Record<Access, number>> = { read: 0o444, write: 0o222, execute: 0o111 }

/** Judges every file of the profile that needs this access: what is not there is told, and the rest is tried. */
export function judgeFiles(
  { profile, file }: Surroundings,
  access: Access,
  tryIt: (found: FoundFile) => Promise<void>,
  whenMissing?: (needed: FileNeeded, path: string) => Promise<Reading | undefined>,
): Promise<readonly Reading[]> {
  const needed = (profile.prerequisites?.files ?? []).filter((one) => one.access.includes(access))
  return Promise.all(
    needed.map(async (one) => {
      const path = resolve(dirname(file), one.path)
      const subject = one.path
      try {
        const stats = await statOf(path)
        if (stats !== undefined) {
          await tryIt({ path, stats })
          return { subject, ...judgeBits(stats, access) }
        }
        const mend = `Make ${path}, or correct the path.`
        return (await whenMissing?.(one, path)) ?? { kind: 'bad', subject, seen: 'not there', mend }
      } catch (error) {
        return { kind: 'bad', subject, seen: describe(error as NodeJS.ErrnoException) }
      }
    }),
  )
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/** Root may do what the mode allows nobody; a service that runs as anybody else may not. */
function judgeBits({ mode }: Stats, access: Access): Omit<Reading, 'subject'> {
  if (process.geteuid?.() !== 0) return { kind: 'good', seen: `may be ${PAST[access]}` }
  if ((Number(mode) & BITS[access]) !== 0) return { kind: 'good', seen: `may be ${PAST[access]}, tried as root` }
  return { kind: 'warning', seen: `may be ${PAST[access]} by root only: its mode is ${octal(Number(mode))}` }
}

const PAST: Readonly<Record<Access, string>> = { read: 'read', write: 'written', execute: 'executed' }

/** The bits of permission as `ls` and `chmod` count them. */
export function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}

function describe({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not'
  if (code === 'EROFS') return 'the file system is mounted read-only'
  return code ?? message
}
