import { randomFillSync } from 'node:crypto'

// Asking the system for random bytes costs more than making an id of them, so they are drawn for many ids at once.
const POOL = new Uint8Array(16 * 256)
let used = POOL.length

// Ids of one millisecond are told apart, and kept in order, by a counter in the 12 bits after the time.
let lastMs = 0
let counter = 0

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes a UUID of version 7 (RFC 9562 §5.7): later ids of one process are larger. Ids in order of time keep an index
 * growing at its end, where random ones touch all of it.
 *
 * @param now - milliseconds since the epoch
 */
export function newId(now: number): string {
  if (used === POOL.length) {
    randomFillSync(POOL)
    used = 0
  }
  const at = used
  used += 16

  if (now > lastMs) {
    lastMs = now
    // Starts in the lower half, so that there is room to count up.
    counter = ((POOL[at + 6]! & 0x07) << 8) | POOL[at + 7]!
  } else if (++counter === 0x1000) {
    // More than two thousand ids in a millisecond, or a clock that was set back: time is borrowed from the next one.
    lastMs += 1
    counter = 0
  }
  const high = Math.floor(lastMs / 0x1_0000_0000)
  const low = lastMs % 0x1_0000_0000
  const byte = (index: number): string => HEX[POOL[at + index]!]!
  return (
    `${HEX[(high >>> 8) & 0xff]}${HEX[high & 0xff]}${HEX[low >>> 24]}${HEX[(low >>> 16) & 0xff]}-` +
    `${HEX[(low >>> 8) & 0xff]}${HEX[low & 0xff]}-${HEX[0x70 | (counter >>> 8)]}${HEX[counter & 0xff]}-` +
    `${HEX[0x80 | (POOL[at + 8]! & 0x3f)]}${byte(9)}-${byte(10)}${byte(11)}${byte(12)}${byte(13)}${byte(14)}${byte(15)}`
  )
}
