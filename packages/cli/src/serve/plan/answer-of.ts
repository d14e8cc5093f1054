import type { Operation } from '@createonce/verifier/document'
import { completeState, findResource, type ResourceHints, type Shaper, type Shown, toShaper } from '../shape/shape.ts'
import { declaredBody } from './answer-schema.ts'
import type { Resource } from './resource.ts'

/** How an operation answers: as its document declares, or, where that declares nothing, with what is known. */
export type Answer = { readonly kind: 'shaper'; readonly shape: Shaper } | { readonly kind: 'empty' }

/** How the answers of an operation are made of resources: by what its document declares, or why they cannot be. */
export function answerOf(
  { bodies, noun, itemPath }: Resource,
  operation: Pick<Operation, 'responses'> | undefined,
  wanted: ResourceHints['wanted'],
  statuses: readonly string[],
  isRead: boolean,
): Answer | { readonly kind: 'unservable'; readonly why: string } {
  const body = operation === undefined ? { kind: 'none' as const } : declaredBody(operation, statuses)
  if (body.kind === 'none') return { kind: 'empty' }
  if (body.kind === 'other')
    return { kind: 'unservable', why: `it answers ${body.mediaTypes.join(', ')}, and JSON is served` }
  if (body.schema === undefined) return { kind: 'empty' }
  const found = findResource(body.schema, { ...bodies.hints, wanted })
  if (wanted === 'one' && found.kind === 'list' && isRead)
    return { kind: 'unservable', why: 'it reads several by one name' }
  return toShaper(found, bodies.id, noun, sampleOf(bodies, itemPath))
}

const samples = new WeakMap<Resource['bodies'], Shown>()

/** A resource of which nothing was sent: what is shown of it at least. The same for all of its operations. */
function sampleOf(bodies: Resource['bodies'], itemPath: string): Shown {
  const sample = samples.get(bodies) ?? makeSample(bodies, itemPath)
  samples.set(bodies, sample)
  return sample
}

function makeSample(bodies: Resource['bodies'], itemPath: string): Shown {
  const facts = { now: new Date(0), members: {}, random: () => 0.5 }
  const id = bodies.id.make(halfway()) ?? '1'
  return { id, state: completeState(bodies, {}, facts), location: itemPath }
}

function halfway(): () => number {
  let at = 0
  return () => {
    at = (at + 0.381966) % 1
    return at
  }
}
