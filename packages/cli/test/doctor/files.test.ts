import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileNeeded } from '../../src/config/config.ts'
import { lines } from './look.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'createonce-files-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const isRoot = process.geteuid?.() === 0
// Whoever owns nothing on this machine.
const NOBODY = 65_534

/** Looks as a user who may not do everything: as this one, or, where this one is root, as nobody. */
async function asOther<T>(run: () => Promise<T>): Promise<T> {
  if (!isRoot) return run()
  process.seteuid!(NOBODY)
  try {
    return await run()
  } finally {
    process.seteuid!(0)
  }
}

const see = (id: string, needed: Partial<FileNeeded>) =>
  lines(
    id,
    { prerequisites: { files: [{ path: 'it', access: ['read', 'write', 'execute'], ...needed }] } },
    { file: join(folder, 'createonce.config.json') },
  )
const file = (mode: number, name = 'it') => {
  writeFileSync(join(folder, name), 'text')
  chmodSync(join(folder, name), mode)
}
const subfolder = (mode: number) => {
  mkdirSync(join(folder, 'it'))
  chmodSync(join(folder, 'it'), mode)
}
const seenAs = (what: string) => (isRoot ? `good it: may be ${what}, tried as root` : `good it: may be ${what}`)

describe.each([
  ['file-readable', 'read', 'read', 0o644],
  ['file-writable', 'write', 'written', 0o666],
  ['file-executable', 'execute', 'executed', 0o755],
] as const)('%s', (id, access, done, mode) => {
  it('is content with a file that allows it', async () => {
    file(mode)
    expect(await see(id, {})).toEqual([seenAs(done)])
    expect(await asOther(() => see(id, {}))).toEqual([`good it: may be ${done}`])
  })

  it('is content with a folder that allows it', async () => {
    subfolder(0o777)
    expect(await see(id, {})).toEqual([seenAs(done)])
    expect(readdirSync(join(folder, 'it'))).toEqual([])
  })

  it('refuses a file that does not allow it', async () => {
    file(0o600)
    // The owner would get further than nobody does.
    if (!isRoot) chmodSync(join(folder, 'it'), 0)
    expect(await asOther(() => see(id, {}))).toEqual(['bad it: this user may not'])
  })

  it('refuses a folder that does not allow it', async () => {
    subfolder(isRoot ? 0o700 : 0)
    expect(await asOther(() => see(id, {}))).toEqual(['bad it: this user may not'])
  })

  it('refuses what is not there', async () => {
    expect(await see(id, { path: 'no/it', access: [access] })).toEqual(['bad no/it: not there'])
  })

  it('says nothing of files that need something else', async () => {
    file(0)
    expect(await see(id, { access: [access === 'read' ? 'write' : 'read'] })).toEqual([])
  })

  it.runIf(isRoot && access !== 'execute')('warns root of what the mode allows to nobody', async () => {
    file(0)
    expect(await see(id, {})).toEqual([`warning it: may be ${done} by root only: its mode is 0000`])
  })
})

describe('file-writable', () => {
  it('leaves what is there as it is', async () => {
    file(0o666)
    await see('file-writable', {})
    expect(readFileSync(join(folder, 'it'), 'utf8')).toBe('text')
  })

  it('only warns of a file that the service may make, and makes none', async () => {
    expect(await see('file-writable', {})).toEqual(['warning it: not there; its folder can be written'])
    expect(await see('file-readable', {})).toEqual(['unknown it: not there yet'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a file that is not there, in a folder that is closed', async () => {
    subfolder(isRoot ? 0o755 : 0o555)
    expect(await asOther(() => see('file-writable', { path: 'it/log' }))).toEqual(['bad it/log: this user may not'])
  })
})

describe('file-private', () => {
  const seePrivate = (path = 'it') => see('file-private', { path, private: true })

  it.each([
    [0o600, 'good it: its mode is 0600'],
    [0o400, 'good it: its mode is 0400'],
    [0o644, 'bad it: its mode is 0644: open to everybody'],
    [0o602, 'bad it: its mode is 0602: open to everybody'],
    [0o660, 'warning it: its mode is 0660: open to its group'],
  ])('judges a file of mode %o', async (mode, line) => {
    file(mode)
    expect(await seePrivate()).toEqual([line])
  })

  it('is content with an open file in a folder that nobody else can enter', async () => {
    chmodSync(folder, 0o700)
    file(0o644)
    expect(await seePrivate()).toEqual(['good it: its mode is 0644'])
  })

  it('judges what a link leads to, and where that is', async () => {
    mkdirSync(join(folder, 'vault'), { mode: 0o700 })
    file(0o644, 'vault/key')
    symlinkSync(join(folder, 'vault/key'), join(folder, 'it'))
    expect(await seePrivate()).toEqual(['good it: its mode is 0644'])
    chmodSync(join(folder, 'vault'), 0o755)
    expect(await seePrivate()).toEqual(['bad it: its mode is 0644: open to everybody'])
  })

  it.runIf(isRoot)('is content with what root shows to the group of the service', async () => {
    file(0o640)
    expect(await seePrivate()).toEqual(['good it: its mode is 0640'])
  })

  it('says nothing of files that need not be private', async () => {
    file(0o644)
    expect(await see('file-private', {})).toEqual([])
  })
})
