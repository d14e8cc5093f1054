import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGate, manualTime } from '@createonce/server/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { signatureOf } from '../../../src/serve/watch/signature-of.ts'
import { watchFile } from '../../../src/serve/watch/watch-file.ts'
import { temporaryFolder } from '../../createonce.ts'

let close: (() => void) | undefined
afterEach(() => close?.())

/** Watches a file of a new folder with a clock that is moved by hand. */
function watched(path: string, options: { readonly since?: string } = {}) {
  const clock = manualTime()
  let stirred = createGate()
  const time = {
    ...clock,
    after(ms: number, callback: () => void) {
      const cancel = clock.after(ms, callback)
      stirred.open()
      return cancel
    },
  }
  let changes = 0
  close = watchFile(
    path,
    () => {
      changes += 1
    },
    { time, settleMs: 100, ...options },
  )
  return {
    clock,
    changes: () => changes,
    /** Until the folder has stirred since the last time that this was asked. */
    async stirs() {
      await stirred.opened
      stirred = createGate()
    },
  }
}

function newFile(): string {
  const path = join(temporaryFolder(), 'openapi.yaml')
  writeFileSync(path, 'one')
  return path
}

describe('a file that is watched', () => {
  it('is told to have changed when it was written', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    writeFileSync(path, 'two!')
    await stirs()
    clock.move(100)
    expect(changes()).toBe(1)
  })

  it('is told to have changed when it was written after it was read, and before it was watched', async () => {
    const path = newFile()
    const since = signatureOf(path)!
    writeFileSync(path, 'two!')
    const { clock, changes } = watched(path, { since })
    clock.move(100)
    expect(changes()).toBe(1)
    const same = watched(path, { since: signatureOf(path)! })
    same.clock.move(100)
    expect(same.changes()).toBe(0)
  })

  it('is told once, when what happens has settled', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    for (const text of ['', 'half', 'half and half']) {
      writeFileSync(path, text)
      await stirs()
      clock.move(99)
      expect(changes()).toBe(0)
    }
    // Further events of the last write may come, and begin the wait anew: it is moved until it is over.
    await new Promise<void>((resolve) => setImmediate(resolve))
    clock.move(100)
    expect(changes()).toBe(1)
  })

  it('is told when an editor renames a new file over it, again and again', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    for (const round of [1, 2]) {
      writeFileSync(`${path}.tmp`, `round ${round}`)
      renameSync(`${path}.tmp`, path)
      while (changes() < round) {
        await stirs()
        clock.move(100)
      }
    }
    expect(changes()).toBe(2)
  })

  it('is told when it comes back, and not while it is away', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    renameSync(path, `${path}.bak`)
    await stirs()
    clock.move(100)
    expect(changes()).toBe(0)
    writeFileSync(path, 'back')
    while (changes() === 0) {
      await stirs()
      clock.move(100)
    }
  })

  it('is told when the folder that it lies in by a link is another one, as mounted configuration is', async () => {
    const folder = temporaryFolder()
    for (const version of ['v1', 'v2']) {
      mkdirSync(join(folder, version))
      writeFileSync(join(folder, version, 'openapi.yaml'), version)
    }
    symlinkSync('v1', join(folder, 'data'))
    symlinkSync('data/openapi.yaml', join(folder, 'openapi.yaml'))
    const { clock, changes, stirs } = watched(join(folder, 'openapi.yaml'))
    symlinkSync('v2', join(folder, 'next'))
    renameSync(join(folder, 'next'), join(folder, 'data'))
    while (changes() === 0) {
      await stirs()
      clock.move(100)
    }
  })

  it('is not told when a neighbour changes', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    writeFileSync(join(path, '..', 'notes.txt'), 'a')
    await stirs()
    clock.move(100)
    expect(changes()).toBe(0)
  })

  it('is told of no more once that is ended', async () => {
    const path = newFile()
    const { clock, changes, stirs } = watched(path)
    writeFileSync(path, 'two!')
    await stirs()
    close!()
    clock.move(100)
    expect(changes()).toBe(0)
  })

  it('in a folder that is not there is an error', () => {
    const folder = join(temporaryFolder(), 'gone')
    expect(() => watchFile(join(folder, 'openapi.yaml'), () => {})).toThrow('ENOENT')
    rmSync(folder, { recursive: true, force: true })
  })
})
