import { type Bodies, NoBody } from '../experiments/bodies.ts'
import { boundaryBodies } from '../generate/boundary-bodies.ts'
import type { Fresh } from '../generate/fresh.ts'
import { invalidBodies, twoFaults } from '../generate/invalid-bodies.ts'
import { likeExample } from '../generate/like-example.ts'
import { validBody } from '../generate/valid-body.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import { isFile } from '../target/is-file.ts'
import { isRecord } from '../target/is-record.ts'
import type { Creation } from '../target/target.ts'

// Enough for every rule of a usual schema, and few enough that a slow target is judged within a minute.
const mostInvalid = 40
const mostBoundaries = 24

/** The bodies of one lab, generated from the creation's schema with values that no other lab has. */
export function bodiesOf(creation: Creation, fresh: Fresh): Bodies {
  // In a form a number and its text are the same, and what is null is absent: which rule is broken cannot be told.
  const isForm = isFormMediaType(creation.body?.mediaType)
  return {
    valid(options = {}) {
      const made = validBody(creation, fresh, options)
      if (made.kind === 'impossible') throw new NoBody(made.reason)
      return isForm ? withoutFiles(made.body, creation) : made.body
    },
    like: (example, keep) => likeExample(creation, fresh, example, keep),
    invalid: (options) => (isForm ? [] : invalidBodies(creation, fresh, { ...options, limit: mostInvalid })),
    twoFaults: (options) => (isForm ? undefined : twoFaults(creation, fresh, options)),
    boundary: (options) => (isForm ? [] : boundaryBodies(creation, fresh, options).slice(0, mostBoundaries)),
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
