import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../src/create-program.ts'

const page = readFileSync(new URL('../../../docs/reference/command-line.md', import.meta.url), 'utf8')
const program = createProgram()
const visible = program
  .createHelp()
  .visibleCommands(program)
  .filter(({ options }) => options.length > 0)

describe('the page of the command line', () => {
  it('has a row and a section for every command, and for no other', () => {
    const rows = [...page.matchAll(/^\| \[`(\w+)`\]\(#createonce-\w+\)/gm)].map(([, name]) => name)
    const sections = [...page.matchAll(/^## createonce (\w+)$/gm)].map(([, name]) => name)
    expect(rows.sort()).toEqual(names(visible))
    expect(sections.sort()).toEqual(names(visible))
  })

  it.each(visible.map((command) => [command.name(), command] as const))(
    'has the options of %s with their defaults, both ways',
    (name, command) => {
      const rows = [...section(`createonce ${name}`).matchAll(/^\| `(--[^`]+)` \| ([^|]+) \|/gm)]
      const documented = rows.map(([, flags, standard]) => [flags!, standard!.trim()])
      const options = command.options.filter(({ hidden }) => !hidden)
      expect(documented.map(([flags]) => flags)).toEqual(options.map(({ flags }) => flags))
      for (const { flags, defaultValue } of options) {
        const [, standard] = documented.find(([shown]) => shown === flags)!
        // Where the program has no default value, the page says in words what happens.
        if (defaultValue === undefined) expect(standard, flags).toMatch(/^(–|all|random|no limit)$/)
        else expect(standard, flags).toBe(String(defaultValue))
      }
    },
  )

  it('names everything that is refused, both ways', () => {
    const text = section('Not in this version')
    for (const command of visible) {
      const hidden = command.options.filter((option) => option.hidden).map(({ long }) => long!)
      if (hidden.length > 0) expect(codes(text, `\`${command.name()}\` options`)).toEqual(hidden.sort())
    }
  })

  it('links pages that exist', () => {
    for (const [, target] of page.matchAll(/\]\(([^)#]+)\)/g)) {
      expect(() => readFileSync(new URL(`../../../docs/reference/${target}`, import.meta.url)), target).not.toThrow(
        /ENOENT/,
      )
    }
  })
})

function section(title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ''
}

function codes(text: string, item: string): string[] {
  const line = text.split('\n').find((one) => one.startsWith(`- ${item}:`)) ?? ''
  return [...line.slice(item.length + 3).matchAll(/`([^`]+)`/g)].map(([, code]) => code!).sort()
}

function names(commands: readonly Command[]): string[] {
  return commands.map((command) => command.name()).sort()
}
