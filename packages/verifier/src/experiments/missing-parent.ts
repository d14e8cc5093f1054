import { randomInt, randomUUID } from 'node:crypto'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { fillPath } from './fill-path.ts'
import { requiredQuery } from './required-parameters.ts'

/** A create below a parent that does not exist, or the reason why there is none. */
export type MissingParent =
  | { readonly kind: 'tried'; readonly parameter: string; readonly tried: Tried }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Creates below a parent whose id looks like the others and belongs to nobody. */
export const missingParent: Experiment<MissingParent> = {
  name: 'create below a parent that does not exist',
  async run(lab) {
    const { creation, target } = lab.operation
    const parent = creation.parents.at(-1)
    if (parent === undefined) return { kind: 'impossible', reason: 'what is created has no parent in its path' }
    await lab.ask(created)
    const values = { ...lab.parents, [parent.parameter]: unknownId(lab.parents[parent.parameter] ?? '') }
    const filled = fillPath(creation.path, values, creation.parameters)
    if (filled.kind === 'unknown')
      return { kind: 'impossible', reason: `nothing is known for the parameter ${filled.parameter}` }
    const url = target.baseUrl + filled.path + requiredQuery(creation.parameters)
    return { kind: 'tried', parameter: parent.parameter, tried: await lab.tryPost({ body: lab.newBody(), url }) }
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
