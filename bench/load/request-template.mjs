import { randomUUID } from 'node:crypto'

const HEX = Buffer.from('0123456789abcdef')
/**
 * Compiles a POST with placeholders: `{id}` becomes a UUID that no other request has, `{span}` the same word for each
 * `span` requests in a row. Both have a fixed length, so that all the rest is written once: a request costs two digits'
 * worth of writing into bytes that are there already.
 */
export function requestTemplate({ path = '/orders', headers = {}, body, span = 1 }) {
  const slots = []
  // What one job writes differs from what every other one writes, by this.
  const tail = randomUUID().slice(8)
  const content = body.replaceAll('{id}', randomUUID()).replaceAll('{span}', wordOf(randomUUID()))
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(content)}`,
  ].join('\r\n')
  let text = `${head}\r\n\r\n${body}`
  for (let found = /\{(id|span)\}/.exec(text); found !== null; found = /\{(id|span)\}/.exec(text)) {
    slots.push({ at: Buffer.byteLength(text.slice(0, found.index)), isSpan: found[1] === 'span' })
    const filling = found[1] === 'span' ? wordOf(`00000000${tail}`) : `00000000${tail}`
    text = text.slice(0, found.index) + filling + text.slice(found.index + found[0].length)
  }
  const bytes = Buffer.from(text)
  return {
    /** Bytes of one connection's own, since a write may still be under way when the next connection fills in its own. */
    copy: () => Buffer.from(bytes),
    /** Writes what request number `n` has for itself into such a copy. */
    fill(copy, n) {
      for (const { at, isSpan } of slots) writeHex(copy, at, isSpan ? Math.floor(n / span) : scatter(n))
    },
  }
}

/** The first and the last group of a UUID: 8 digits that are filled in, and what tells processes apart. */
function wordOf(uuid) {
  return `${uuid.slice(0, 8)}-${uuid.slice(-12)}`
}

function writeHex(bytes, at, value) {
  for (let index = 0; index < 8; index++) bytes[at + index] = HEX[(value >>> (28 - 4 * index)) & 15]
}

/**
 * MurmurHash3's finalizer, which maps 32 bits to 32 bits one to one: keys of consecutive requests lie as far apart in an
 * index as random ones, and are as different.
 */
function scatter(number) {
  let mixed = number | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
