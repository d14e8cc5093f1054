import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../scripts/mutants/', import.meta.url)
const sources = new URL('../../packages/server/src/', import.meta.url)

interface Mutant {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const lists = await Promise.all(
  readdirSync(folder).map(async (name) => ({
    name,
    mutants: ((await import(new URL(name, folder).href)) as { mutants: readonly Mutant[] }).mutants,
  })),
)

describe.each(lists)('the seeded faults of $name', ({ mutants }) => {
  it('each stand once in the file that they name, and change it', () => {
    const astray = mutants.filter(({ file, from, to }) => {
      const text = readFileSync(new URL(file, sources), 'utf8')
      return from === to || text.split(from).length !== 2
    })
    expect(astray.map(({ name, file }) => `${name} (${file})`)).toEqual([])
  })

  it('have names of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  })
})
