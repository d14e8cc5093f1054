import type { CreationDefinition } from '../creation/definition.ts'
import { problemCodes } from '../creation/problem-codes.ts'
import type { ProblemCode } from '../creation/problems/problem-entry.ts'
import { answerableProblems } from './answerable-problems.ts'
import type { Components } from './components.ts'
import { headerOf } from './headers.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { problemSchema } from './problem-schema.ts'

/** One response per status, with the codes that it may have: every problem that this creation can answer. */
export function problemResponses(
  definition: CreationDefinition,
  path: string | undefined,
  components: Components,
): OpenApiObject {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of Object.keys(problemCodes) as ProblemCode[]) {
    const { when, status } = answerableProblems[code]
    if (!when(definition, path)) continue
    const known = status?.(definition) ?? problemCodes[code].status
    byStatus.set(known, [...(byStatus.get(known) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, toResponse(definition, status, codes, components)]),
  )
}

function toResponse(
  { problemTypes, maxBodyBytes }: CreationDefinition,
  status: number,
  codes: readonly ProblemCode[],
  components: Components,
): OpenApiObject {
  const more = status === 413 ? ` At most ${maxBodyBytes} bytes are taken.` : ''
  const required = membersOfAll(codes)
  return {
    description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' ') + more,
    ...headersOf(codes, components),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            components.share('schemas', 'CreationProblem', problemSchema),
            {
              type: 'object',
              ...(required.length > 0 && { required }),
              properties: {
                type: { type: 'string', enum: codes.map((code) => `${problemTypes}${code}`) },
                status: { type: 'integer', const: status },
              },
            },
          ],
        },
      },
    },
  }
}

function membersOfAll(codes: readonly ProblemCode[]): string[] {
  const [first = [], ...others] = codes.map((code) => answerableProblems[code].members ?? [])
  return first.filter((member) => others.every((members) => members.includes(member)))
}

function headersOf(codes: readonly ProblemCode[], components: Components): OpenApiObject {
  const lists = codes.map((code) => answerableProblems[code].headers ?? {})
  const names = [...new Set(lists.flatMap(Object.keys))]
  if (names.length === 0) return {}
  // Required only where every problem of the status is sent with it.
  const isAlways = (name: string): boolean => lists.every((list) => list[name] === true)
  return { headers: Object.fromEntries(names.map((name) => [name, headerOf(name, isAlways(name), components)])) }
}
