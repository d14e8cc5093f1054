import { randomInt, randomUUID } from 'node:crypto'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A create below a parent that does not exist, or the reason why there is none. */
export type MissingParent =
  | { readonly kind: 'tried'; readonly parameter: string; readonly tried: Tried }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Creates below a parent whose id looks like the others and belongs to nobody. */
export const missingParent: Experiment<MissingParent> = {
  name: 'create below a parent that does not exist',
  async run(lab) {
    const { creation } = lab.operation
    const parent = creation.parents.at(-1)
    if (parent === undefined) return { kind: 'impossible', reason: 'what is created has no parent in its path' }
    await lab.ask(created)
    const known = lab.parents[parent.parameter] ?? ''
    const segment = `/${encodeURIComponent(known)}/`
    // The URL that was found to create, which need not be the documented one, with the one segment changed.
    const body = lab.newBody()
    const url = new URL(lab.urlOf(body))
    const at = url.pathname.lastIndexOf(segment)
    if (at < 0) return { kind: 'impossible', reason: `the parameter ${parent.parameter} is no segment of the path` }
    url.pathname = `${url.pathname.slice(0, at)}/${unknownId(known)}/${url.pathname.slice(at + segment.length)}`
    return {
      kind: 'tried',
      parameter: parent.parameter,
      tried: await lab.tryPost({ body, url: url.href }),
    }
  },
}

// Of the same shape as a real id, for the answer to a malformed one is another matter.
function unknownId(known: string): string {
  if (/^\d+$/.test(known)) return String(randomInt(1_000_000_000, 2_000_000_000))
  if (/^[0-9a-f-]{36}$/i.test(known)) return randomUUID()
  return [...known]
    .map((letter) =>
      /[a-z]/.test(letter) ? 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)] : /\d/.test(letter) ? randomInt(10) : letter,
    )
    .join('')
}
