import { type Bodies, NoBody, type ValidBodyOptions } from '../experiments/bodies.ts'
import { itemCreation } from '../experiments/item-operation.ts'
import { boundaryBodies } from '../generate/boundary-bodies.ts'
import { clientName } from '../generate/client-name.ts'
import type { Fresh } from '../generate/fresh.ts'
import { invalidBodies, twoFaults } from '../generate/invalid-bodies.ts'
import { likeExample } from '../generate/like-example.ts'
import { valueAt, withValueAt } from '../generate/pointer.ts'
import { validBody } from '../generate/valid-body.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import { isFile } from '../target/is-file.ts'
import { isRecord } from '../target/is-record.ts'
import { ownIdOf } from '../target/own-id.ts'
import type { Creation } from '../target/target.ts'

// Enough for every rule of a usual schema, and few enough that a slow target is judged within a minute.
const mostInvalid = 40
const mostBoundaries = 24

/** The bodies of one lab, generated from the creation's schema with values that no other lab has. */
export function bodiesOf(creation: Creation, fresh: Fresh): Bodies {
  return creation.batch === undefined ? singleBodies(creation, fresh) : batchBodies(creation, creation.batch, fresh)
}

function batchBodies(creation: Creation, { pointer }: NonNullable<Creation['batch']>, fresh: Fresh): Bodies {
  const items = singleBodies(itemCreation(creation), fresh)
  const envelope = singleBodies(creation, fresh)
  const holding = (list: readonly unknown[]) => (pointer === '' ? list : withValueAt(envelope.valid(), pointer, list))
  // Two are several, and no more than a run has to delete again.
  const valid = (options: ValidBodyOptions = {}) => holding([items.valid(options), items.valid(options)])
  const none = { invalid: () => [], twoFaults: () => undefined, boundary: () => [] }
  return { ...envelope, ...none, valid, like: () => valid(), batch: { items, holding } }
}

function singleBodies(creation: Creation, fresh: Fresh): Bodies {
  // In a form a number and its text are the same, and what is null is absent: which rule is broken cannot be told.
  const isForm = isFormMediaType(creation.body?.mediaType)
  const ownId = ownIdOf(creation)
  const name = (): string => {
    const made = clientName(creation, fresh)
    if (made === undefined) throw new NoBody('its names are too few, or too short, for one that is free for certain')
    return made
  }
  // What a body says of its own name has to agree with the path, or the request contradicts itself.
  const agreeing = <T>(body: T, own?: string): T => {
    if (ownId === undefined) return body
    const said = valueAt(body, ownId.pointer)
    if (typeof said !== 'string' && typeof said !== 'number') return body
    const named = own ?? name()
    return withValueAt(body, ownId.pointer, typeof said === 'number' ? Number(named) : named) as T
  }
  const isOther = (pointer: string): boolean => pointer !== ownId?.pointer
  return {
    valid({ name: own, ...options } = {}) {
      const made = validBody(creation, fresh, options)
      if (made.kind === 'impossible') throw new NoBody(made.reason)
      return agreeing(isForm ? withoutFiles(made.body, creation) : made.body, own)
    },
    like: (example, keep, own) => agreeing(likeExample(creation, fresh, example, keep), own),
    // A body whose own name is broken contradicts its path besides.
    invalid: (options) =>
      isForm
        ? []
        : invalidBodies(creation, fresh, { ...options, limit: mostInvalid })
            .filter(({ pointer }) => isOther(pointer))
            .map((one) => ({ ...one, body: agreeing(one.body) })),
    twoFaults: (options) => {
      const made = isForm ? undefined : twoFaults(creation, fresh, options)
      return made?.pointers.every(isOther) ? { ...made, body: agreeing(made.body) } : undefined
    },
    boundary: (options) =>
      isForm
        ? []
        : boundaryBodies(creation, fresh, options)
            .filter(({ pointer }) => isOther(pointer))
            .slice(0, mostBoundaries)
            .map((one) => ({ ...one, body: agreeing(one.body) })),
    name,
    nameIn: (body) => {
      const said = ownId === undefined ? undefined : valueAt(body, ownId.pointer)
      return (typeof said === 'string' && said !== '') || typeof said === 'number' ? String(said) : undefined
    },
    key: () => fresh.uuid(),
    integer: (minimum, maximum) => fresh.integer(minimum, maximum),
    token: (length) => fresh.token(length),
  }
}

/** A form with the files left out that it need not have: what a file has to hold, no schema tells. */
function withoutFiles(body: unknown, { body: declared }: Creation): unknown {
  const schema = declared?.schema ?? {}
  const { properties } = effectiveSchema(schema, schema)
  if (!isRecord(body) || !isRecord(properties)) return body
  const isText = ([name]: [string, unknown]) => !isFile(effectiveSchema(properties[name], schema))
  return Object.fromEntries(Object.entries(body).filter(isText))
}
