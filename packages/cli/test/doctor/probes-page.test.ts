import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { probes } from '../../src/doctor/probes.ts'

const page = readFileSync(new URL('../../../../docs/reference/probes.md', import.meta.url), 'utf8')

describe('the page of the probes', () => {
  it('has a section for every probe, in the same order, and for no other', () => {
    const sections = [...page.matchAll(/^## (\S+)( \*)?$/gm)].map(([, id, mark]) => `${id}${mark ?? ''}`)
    expect(sections).toEqual(probes.map(({ id, needsApi }) => `${id}${needsApi ? ' *' : ''}`))
  })

  it.each(probes.map((probe) => [probe.id, probe] as const))('says of %s what its object says', (id, probe) => {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${id}\n`) || part.startsWith(`${id} *\n`))!
    const { needs, how, why, mend } = probe
    const text = `${needs}.\n\n- **How:** ${how}\n- **Why:** ${why}\n- **Mend:** ${mend}`
    expect(section.replace(/^.*\n/, '').trim()).toBe(text)
  })

  it.each(probes.map(({ id }) => id))('names %s after its file, once', (id) => {
    expect(existsSync(new URL(`../../src/doctor/probes/${id}.ts`, import.meta.url))).toBe(true)
    expect(probes.filter((probe) => probe.id === id)).toHaveLength(1)
  })
})
