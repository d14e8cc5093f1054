import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** Writes a file beside those written before, and tells its path. */
export type FileWith = (text: string, name?: string) => Promise<string>

/** A folder for the tests of one file, which is gone after them. */
export function temporaryFiles(): { readonly folder: () => string; readonly fileWith: FileWith } {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'createonce-target-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  return {
    folder: () => folder,
    async fileWith(text, name = 'openapi.json') {
      const path = join(folder, `${Math.random().toString(36).slice(2)}-${name}`)
      await writeFile(path, text)
      return path
    },
  }
}
