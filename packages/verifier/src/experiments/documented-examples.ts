import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'
import type { Lab } from './lab.ts'

/** An example of the document, and what the target made of it. */
export interface ExampleTried {
  readonly example: unknown
  readonly attempt: Attempt
  /** Whether it was accepted with texts that nothing in the target can have already. */
  readonly freshened?: Attempt
}

// A document with a gallery of examples is right or wrong by the first few.
const mostExamples = 3

/** Posts the document's examples of the body, each with a natural key of its own. */
export const documentedExamples: Experiment<readonly ExampleTried[]> = {
  name: 'post the examples of the document',
  async run(lab) {
    await lab.ask(created)
    const { examples = [] } = lab.operation.creation.body ?? {}
    const outcomes: ExampleTried[] = []
    for (const example of examples.slice(0, mostExamples)) {
      const attempt = await lab.post({ body: linked(lab.bodies.like(example), lab) })
      const fresh = accepted(attempt) ? undefined : freshTexts(example, lab)
      const freshened = fresh === undefined ? undefined : await lab.post({ body: linked(fresh, lab) })
      outcomes.push({ example, attempt, ...(freshened === undefined ? {} : { freshened }) })
    }
    return outcomes
  },
}

/** The references of an example are somebody else's: those that exist for the run take their place. */
function linked(body: unknown, { recipe }: Lab): unknown {
  if (!isObject(body)) return body
  const given = Object.entries(recipe.with).map(([name, value]) => [name.replace(/^\//, ''), value] as const)
  return { ...body, ...Object.fromEntries(given.filter(([name]) => name in body)) }
}

/** The example with texts of this run: what is seeded in the target may be the example itself. */
function freshTexts(example: unknown, lab: Lab): unknown {
  const other = lab.newBody()
  if (!isObject(example) || !isObject(other)) return undefined
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => {
      return [name, typeof value === 'string' && typeof other[name] === 'string' ? other[name] : value]
    }),
  )
}
