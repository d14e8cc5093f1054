import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { fill } from '../../scripts/real-apis/fill.mjs'
// @ts-expect-error: a script, without types
import { readRecipe, recipeNames } from '../../scripts/real-apis/read-recipe.mjs'

describe('a recipe of a real API', () => {
  test.each(recipeNames() as string[])(
    '%s installs exact versions, from one registry, and is started on loopback',
    (name) => {
      const { install, start, verify, files, env, setup } = readRecipe(name)
      const lists = Object.values(install)
      expect(lists).toHaveLength(1)
      for (const one of lists.flat() as string[]) expect(one).toMatch(/(@v?|==)\d+(\.[\da-z]+)*$/)
      // Where it listens is said on its command line, or in a file or a variable that it reads.
      expect(JSON.stringify([start, files, env, setup])).toContain('127.0.0.1')
      for (const { args } of verify) expect(args.join(' ')).toContain('{base}')
    },
  )

  test('is refused when it names something that nobody gives a value', () => {
    expect(fill({ start: ['{bin}/x'] }, { bin: '/y' })).toEqual({ start: ['/y/x'] })
    expect(() => fill('{token}', {})).toThrow('{token}')
  })

  test.each(['json-server', 'kinto', 'pocketbase'])('%s has a page of what was found', (name) => {
    expect(recipeNames()).toContain(name)
    expect(existsSync(new URL(`../../docs/findings/${name}.md`, import.meta.url))).toBe(true)
  })
})
