import { readFileSync } from 'node:fs'

/** Where the pages with the fixes are. */
export const fixPages: URL = new URL('../../../../docs/reference/fixes/', import.meta.url)

/** The frameworks in which every fix is written, by the heading of their section. */
export const frameworks = ['Express', 'Fastify', 'Flask'] as const
export type Framework = (typeof frameworks)[number]

/** The one program of a page for one framework, as it is shown to be wrong and as it is shown to be right. */
export interface Snippet {
  readonly wrong: string
  readonly fixed: string
}

/** Reads the programs of a page: what a diff takes away and keeps is the wrong one, what it adds and keeps the fixed. */
export function readFixPage(id: string): Record<Framework, Snippet> {
  const page = readFileSync(new URL(`${id}.md`, fixPages), 'utf8')
  return Object.fromEntries(frameworks.map((framework) => [framework, snippetOf(page, framework, id)])) as Record<
    Framework,
    Snippet
  >
}

function snippetOf(page: string, framework: Framework, id: string): Snippet {
  const section = page.split(/^### /m).find((one) => one.startsWith(`${framework}\n`))
  const diff = /^```diff\n(.*?)^```$/ms.exec(section ?? '')?.[1]
  if (diff === undefined) throw new Error(`the page of ${id} has no diff for ${framework}`)
  const lines = diff.trimEnd().split('\n')
  const odd = lines.find((line) => !/^(?:[ +-]|$)/.test(line))
  if (odd !== undefined) throw new Error(`a line of the diff for ${framework} of ${id} is no line of a diff: ${odd}`)
  const side = (sign: '+' | '-') =>
    `${lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n')}\n`
  const [wrong, fixed] = [side('+'), side('-')]
  if (wrong === fixed) throw new Error(`the diff for ${framework} of ${id} changes nothing`)
  return { wrong, fixed }
}
