import { type Bodies, NoBody } from '../experiments/bodies.ts'
import { boundaryBodies } from '../generate/boundary-bodies.ts'
import type { Fresh } from '../generate/fresh.ts'
import { invalidBodies, twoFaults } from '../generate/invalid-bodies.ts'
import { likeExample } from '../generate/like-example.ts'
import { validBody } from '../generate/valid-body.ts'
import type { Creation } from '../target/target.ts'

// Enough for every rule of a usual schema, and few enough that a slow target is judged within a minute.
const mostInvalid = 40
const mostBoundaries = 24

/** The bodies of one lab, generated from the creation's schema with values that no other lab has. */
export function bodiesOf(creation: Creation, fresh: Fresh): Bodies {
  return {
    valid(options = {}) {
      const made = validBody(creation, fresh, options)
      if (made.kind === 'impossible') throw new NoBody(made.reason)
      return made.body
    },
    like: (example, keep) => likeExample(creation, fresh, example, keep),
    invalid: () => invalidBodies(creation, fresh, { limit: mostInvalid }),
    twoFaults: () => twoFaults(creation, fresh),
    boundary: () => boundaryBodies(creation, fresh).slice(0, mostBoundaries),
    key: () => fresh.uuid(),
    integer: (minimum, maximum) => fresh.integer(minimum, maximum),
    token: (length) => fresh.token(length),
  }
}
