import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted, refused } from './attempt.ts'
import { isObject } from './json-node.ts'
import type { Draft, Lab, Recipe } from './lab.ts'
import { sameOrigin } from './location-url.ts'

/** Whether the target can be made to create at all. */
export type Footing =
  | {
      readonly kind: 'created'
      readonly attempt: Attempt
      readonly redirect?: Answer
      /** The same without `If-None-Match: *`, where that was refused for it. */
      readonly unconditional?: Attempt
    }
  | {
      readonly kind: 'impossible'
      readonly reason: string
      readonly evidence: readonly number[]
      /** Why it is no creation at all, where that is so. */
      readonly noCreation?: string
    }

/**
 * Finds a request that the target accepts, and keeps how it is made as the lab's recipe: the whole body, the
 * minimal one, an example of the document's; with references to other resources; with the key quoted.
 */
export async function establish(lab: Lab): Promise<Footing> {
  const tried: Attempt[] = []
  let redirect: Answer | undefined
  for (const { recipe, draft } of proposals(lab)) {
    lab.recipe = { ...recipe, url: lab.recipe.url }
    let attempt = await whenAvailable(lab, draft, tried)
    let unconditional: Attempt | undefined
    const moved = redirect === undefined ? movedTo(attempt, lab) : undefined
    if (moved !== undefined) {
      redirect = attempt.answer
      lab.recipe = { ...lab.recipe, url: moved }
      attempt = await lab.post(draft())
      tried.push(attempt)
    }
    if (attempt.name !== undefined && wantsCondition.has(attempt.status)) {
      unconditional = attempt
      lab.recipe = { ...lab.recipe, headers: [['If-None-Match', '*']] }
      attempt = await lab.post(draft())
      tried.push(attempt)
    }
    if (accepted(attempt)) {
      await learnKeyStyle(lab)
      return {
        kind: 'created',
        attempt,
        ...(redirect === undefined ? {} : { redirect }),
        ...(unconditional === undefined ? {} : { unconditional }),
      }
    }
    // Other content does not help against these, and would only look like an attack.
    if ([401, 403, 405, 429].includes(attempt.status)) break
    // What is not found may be something that an optional member names.
    if (attempt.status === 404 && (recipe.minimal || isMinimal(attempt, lab))) break
  }
  const noCreation = whyNoCreation(lab, tried)
  return {
    kind: 'impossible',
    reason: reasonOf(tried, lab),
    evidence: tried.map(({ answer }) => answer.id),
    ...(noCreation === undefined ? {} : { noCreation }),
  }
}

// What a PUT that creates only under `If-None-Match: *` answers without it (RFC 6585 §3, RFC 9110 §15.5.6).
const wantsCondition = new Set([405, 412, 428])

/** A PUT that has an answer for replacing, or for what is not there, and knows nothing at a fresh URL, replaces, whatever its 201 says. */
function whyNoCreation({ operation: { creation } }: Lab, tried: readonly Attempt[]): string | undefined {
  const ofReplacing = ['200', '204', '404']
  if (creation.method !== 'PUT' || !ofReplacing.some((status) => status in creation.responses)) return undefined
  const statuses = [...new Set(tried.map(({ status }) => status))]
  return statuses.length > 0 && statuses.every((status) => [404, 405, 410].includes(status))
    ? `a PUT to a fresh URL answers ${statuses.join(', ')}: it replaces what is there, and creates nothing`
    : undefined
}

// A database that is locked by a start or by a job is free again within seconds.
const rests = [1_000, 3_000]

/** Asks once more after a rest, and once more, while the target says that it cannot answer now. */
async function whenAvailable(lab: Lab, draft: () => Draft, tried: Attempt[]): Promise<Attempt> {
  for (let times = 0; ; times++) {
    const attempt = await lab.post(draft())
    tried.push(attempt)
    const rest = rests[times]
    if (rest === undefined || ![502, 503, 504].includes(attempt.status)) return attempt
    await lab.sleep(rest)
  }
}

/** Tells whether a body has nothing that could be left out. */
function isMinimal({ body }: Attempt, lab: Lab): boolean {
  const count = (value: unknown) => (isObject(value) ? Object.keys(value).length : 0)
  return count(body) <= count(lab.bodies.valid({ minimal: true }))
}

/** Where keys are optional, the first create told nothing about how they are spelled; a service may take one spelling. */
async function learnKeyStyle(lab: Lab): Promise<void> {
  if (lab.operation.creation.policy.idempotency?.value !== 'optional' || lab.recipe.needsKey) return
  const bare = await lab.tryPost({ body: lab.newBody(), key: lab.bodies.key() })
  if (bare.kind === 'unanswered' || !refused(bare.attempt) || bare.attempt.status === 429) return
  const inQuotes = await lab.tryPost({ body: lab.newBody(), keyLines: [`"${lab.bodies.key()}"`] })
  if (inQuotes.kind === 'answered' && accepted(inQuotes.attempt)) lab.recipe = { ...lab.recipe, keyStyle: 'quoted' }
}

function* proposals(lab: Lab): Generator<{ recipe: Omit<Recipe, 'url'>; draft: () => Draft }> {
  const { examples = [] } = lab.operation.creation.body ?? {}
  const fresh = () => ({ body: lab.newBody() })
  const { idempotency } = lab.operation.creation.policy
  const needsKey = idempotency?.value === 'required'
  const plain = { minimal: false, with: {}, needsKey, keyStyle: 'bare' } as const
  const linked = { ...plain, with: lab.references }
  yield { recipe: linked, draft: fresh }
  yield { recipe: { ...linked, minimal: true }, draft: fresh }
  if (Object.keys(lab.references).length > 0) yield { recipe: plain, draft: fresh }
  for (const example of examples.slice(0, 2)) yield { recipe: { ...plain, example }, draft: fresh }
  if (needsKey) yield { recipe: { ...linked, keyStyle: 'quoted' }, draft: fresh }
  if (idempotency?.value === 'optional') yield { recipe: { ...linked, needsKey: true }, draft: fresh }
}

function movedTo(attempt: Attempt, lab: Lab): string | undefined {
  const location = attempt.locations[0]
  // What moves with a PUT is one name, and not the place of the others.
  if (attempt.name !== undefined || location === undefined) return undefined
  if (![301, 302, 307, 308].includes(attempt.status)) return undefined
  if (!URL.canParse(location, attempt.answer.request.url)) return undefined
  const url = new URL(location, attempt.answer.request.url)
  return sameOrigin(url, new URL(lab.operation.target.baseUrl)) ? url.href : undefined
}

function reasonOf(tried: readonly Attempt[], lab: Lab): string {
  const statuses = [...new Set(tried.map(({ status }) => status))].join(', ')
  const last = tried.at(-1)?.answer.response.body.slice(0, 300) ?? ''
  const quoted = last === '' ? '' : ` The last answer was: ${last}`
  const hint =
    statuses === '401' || statuses === '403'
      ? ' Give credentials with --header.'
      : statuses === '404'
        ? ` Is ${lab.operation.target.baseUrl} where the API runs? If not, say it with --base-url.${quoted}`
        : quoted
  return `no valid request was possible: every attempt to create answered ${statuses}.${hint}`
}
