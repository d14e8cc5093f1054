import { InputRefusedError } from '@createonce/server'

// PostgreSQL indexes no more than 2,704 bytes, and owner, parents and id are indexed together, or owner, parents and
// natural key, of which 300 bytes are kept at most.
const MOST_BYTES = 2_300

/**
 * Throws InputRefusedError, which a creation answers as invalid input, where the texts of owner, parents and id are too
 * long to be found by: more than 2,300 bytes together. The same for every database, so that one may follow another.
 */
export function refuseLongId(owner: string, parents: string, id: string): void {
  // UTF-8 needs at most three bytes for each unit of UTF-16: most are so short that nobody has to count.
  if ((owner.length + parents.length + id.length) * 3 <= MOST_BYTES) return
  const bytes = [owner, parents, id].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (bytes <= MOST_BYTES) return
  const message = `is too long: the ids of a resource and its parents have ${bytes} bytes, and at most ${MOST_BYTES} can be kept`
  throw new InputRefusedError(`An id ${message}.`, {
    find(body) {
      const members = typeof body === 'object' && body !== null ? Object.entries(body) : []
      const same = members.find(([, value]) => String(value) === id)
      return [{ path: same === undefined ? [] : [same[0]], message }]
    },
  })
}
