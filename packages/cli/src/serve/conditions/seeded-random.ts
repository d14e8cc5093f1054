/**
 * Numbers from 0 up to 1 that look random and repeat with the seed (mulberry32). Not for secrets.
 *
 * @param stream - keeps two uses of one seed apart, so that one that is switched on does not move the other.
 */
export function seededRandom(seed: number, stream: string): () => number {
  let state = seed >>> 0
  for (const character of stream) state = (Math.imul(state, 31) + character.charCodeAt(0)) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
