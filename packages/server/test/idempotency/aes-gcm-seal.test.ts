import { describe, expect, it } from 'vitest'
import { type AesGcmKeys, aesGcmSeal } from '../../src/index.ts'

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const old = aesGcmSeal({ keys: { first }, current: 'first' })
const rotated = aesGcmSeal({ keys: { first, second }, current: 'second' })

describe('AES-256-GCM', () => {
  it('opens what it has sealed, text outside ASCII too', () => {
    for (const text of ['', '{"name":"Žofie 日本 😀"}', 'x'.repeat(100_000)]) {
      expect(old.open(old.seal(text, 'about'), 'about', 'first')).toBe(text)
    }
  })

  it('takes keys as base64, base64url and bytes: they are the same keys', () => {
    for (const key of [first.toString('base64'), first.toString('base64url'), new Uint8Array(first)]) {
      const same = aesGcmSeal({ keys: { first: key }, current: 'first' })
      expect(same.open(old.seal('text', 'about'), 'about', 'first')).toBe('text')
    }
  })

  it('seals one text differently each time, so that equal answers are not seen to be equal', () => {
    const sealed = Array.from({ length: 100 }, () => old.seal('text', 'about'))
    expect(new Set(sealed.map((text) => text.slice(0, 16))).size).toBe(100)
  })

  it('seals with the newest key, and opens with the older ones that it was given', () => {
    expect([old.keyId, rotated.keyId]).toEqual(['first', 'second'])
    expect(rotated.open(old.seal('text', 'about'), 'about', 'first')).toBe('text')
    expect(rotated.open(rotated.seal('text', 'about'), 'about', 'second')).toBe('text')
  })

  it('says which key is missing, which there are, and what to do', () => {
    const opening = () => old.open(rotated.seal('text', 'about'), 'about', 'second')
    expect(opening).toThrow("no key of the name 'second', only 'first'. Keep a key until")
  })

  it('does not open what was sealed by another key of the same name', () => {
    const other = aesGcmSeal({ keys: { first: second }, current: 'first' })
    expect(() => other.open(old.seal('text', 'about'), 'about', 'first')).toThrow('the key of this name is another one')
  })

  it('does not open what belongs to another record, or is said to be of another key', () => {
    const twins = aesGcmSeal({ keys: { first, second: first }, current: 'first' })
    const sealed = twins.seal('text', 'about')
    expect(() => twins.open(sealed, 'about another', 'first')).toThrow('belongs to another record')
    expect(() => twins.open(sealed, 'about', 'second')).toThrow('cannot open')
  })

  it('does not open what was changed anywhere, or cut', () => {
    const sealed = Buffer.from(old.seal('text', 'about'), 'base64url')
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed[index]! ^= 1
      expect(() => old.open(changed.toString('base64url'), 'about', 'first')).toThrow('it was changed')
    }
    for (let length = 0; length < sealed.length; length++) {
      const cut = sealed.subarray(0, length).toString('base64url')
      expect(() => old.open(cut, 'about', 'first')).toThrow('it was changed')
    }
  })
})

describe('keys that are none', () => {
  const secret = 'c2VjcmV0LXNlY3JldA=='
  it.each<[AesGcmKeys, string]>([
    [{ keys: { a: secret }, current: 'a' }, "keys['a'] must be 32 random bytes"],
    [{ keys: { a: `${'A'.repeat(42)}!` }, current: 'a' }, 'got text of 43 characters'],
    [{ keys: { a: Buffer.alloc(16) }, current: 'a' }, 'got 16 bytes'],
    [{ keys: { a: undefined as never }, current: 'a' }, 'got undefined'],
    [{ keys: { a: first }, current: 'b' }, "one of the keys ('a')"],
    [{ keys: { a: first }, current: 'constructor' }, "one of the keys ('a')"],
    [{ keys: {}, current: 'a' }, 'one of the keys (none)'],
    [{ keys: { a: first }, current: undefined as never }, 'got undefined'],
  ])('are refused at once, with what is wrong and without showing them: %#', (keys, message) => {
    expect(() => aesGcmSeal(keys)).toThrow(TypeError)
    expect(() => aesGcmSeal(keys)).toThrow(message)
    expect(() => aesGcmSeal(keys)).not.toThrow(secret)
  })
})
