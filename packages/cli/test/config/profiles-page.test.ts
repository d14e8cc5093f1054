import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addVerifyFlags } from '../../src/commands/verify-flags.ts'
import { configSchema } from '../../src/config/config-schema.ts'

const page = readFileSync(new URL('../../../../docs/guides/profiles.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, member, standard, meaning]) => ({
  member: member!,
  standard: standard!.trim(),
  meaning: meaning!.trim(),
}))

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly required?: readonly string[]
}

/** Every member that has a name of ours, with its place, and whether it is required. */
function members(schema: Schema, place = ''): { readonly member: string; readonly isRequired: boolean }[] {
  const { properties = {}, additionalProperties, items, anyOf = [], required = [] } = schema
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => {
      const member = place === '' ? name : `${place}.${name}`
      return [{ member, isRequired: required.includes(name) }, ...members(inner, member)]
    }),
    ...(typeof additionalProperties === 'object' ? members(additionalProperties, `${place}.*`) : []),
    ...(items === undefined ? [] : members(items, `${place}[]`)),
    ...anyOf.flatMap((inner) => members(inner, place)),
  ]
}

// A profile is described by itself, not as `profiles.*.`.
const known = members(z.toJSONSchema(configSchema) as Schema).map(({ member, isRequired }) => ({
  member: member.replace(/^profiles\.\*\./, ''),
  isRequired,
}))

describe('the page of profiles', () => {
  it('has a row for every member of the schema, and for no other', () => {
    expect(rows.map(({ member }) => member).sort()).toEqual(known.map(({ member }) => member).sort())
    expect(rows.length).toBeGreaterThan(50)
  })

  it('says required of what is required, and of nothing else', () => {
    const required = rows.filter(({ standard }) => standard === 'required').map(({ member }) => member)
    expect(required.sort()).toEqual(
      known
        .filter(({ isRequired }) => isRequired)
        .map(({ member }) => member)
        .sort(),
    )
  })

  it('has the defaults of the options that the limits stand for', () => {
    const { timeout, races, maxRequests } = addVerifyFlags(new Command()).opts()
    const standards = Object.fromEntries(rows.map(({ member, standard }) => [member, standard]))
    expect(standards).toMatchObject({
      'limits.timeoutMs': String(timeout),
      'limits.races': String(races),
      'limits.maxRequests': String(maxRequests),
    })
  })

  it('has an example that the schema takes', () => {
    const [, example] = /```ts\nimport type[^\n]*\n\nexport default ([\s\S]*?) satisfies Config\n```/.exec(page) ?? []
    expect(example).toBeDefined()
    // The page is ours; what it says is a literal.
    expect(() => configSchema.parse(new Function(`return (${example})`)())).not.toThrow()
  })
})
