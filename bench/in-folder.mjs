import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for database files, below BENCH_FOLDER or the system's one for temporary files; gone when `work` is done. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'createonce-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
