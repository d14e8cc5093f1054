import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aesGcmSeal } from '../../src/idempotency/aes-gcm-seal.ts'
import { createRecordCodec, type RecordSettings } from '../../src/idempotency/record-codec.ts'
import { RecordUnreadableError } from '../../src/idempotency/record-unreadable-error.ts'
import type { RecordedAnswer } from '../../src/idempotency/store.ts'

const seal = aesGcmSeal({ keys: { first: Buffer.alloc(32, 1) }, current: 'first' })
const record = { scope: '"ann" createThing', key: 'k1' }
const answer: RecordedAnswer = {
  status: 201,
  headers: { 'Content-Type': 'application/json', Location: '/people/ann', ETag: '"5"' },
  body: '{"name":"Ann"}',
}
const codecOf = (settings: RecordSettings) => createRecordCodec(settings)!
const keep = (settings: RecordSettings, kept = answer) => codecOf(settings).keep(kept, record)

describe('an answer is recorded', () => {
  it('as it is by default, without any step in between', () => {
    expect(createRecordCodec({})).toBeUndefined()
    expect(createRecordCodec({ replay: 'full' })).toBeUndefined()
  })

  it('as it is up to the largest body, and no copy is made', () => {
    expect(keep({ maxRecordedBytes: 14 })).toBe(answer)
  })

  it('without its body and without what describes a body, where that is larger', () => {
    const reference = { status: 201, headers: { Location: '/people/ann', ETag: '"5"' } }
    expect(keep({ maxRecordedBytes: 13 })).toEqual(reference)
    const more = { ...answer.headers, 'content-location': '/people/ann', 'Preference-Applied': 'return=representation' }
    expect(keep({ maxRecordedBytes: 13 }, { ...answer, headers: more })).toEqual(reference)
  })

  it("without its body under replay: 'reference', an empty one too", () => {
    expect(keep({ replay: 'reference' })).toEqual({ status: 201, headers: { Location: '/people/ann', ETag: '"5"' } })
    expect(keep({ replay: 'reference' }, { ...answer, body: '' })).not.toHaveProperty('body')
  })

  it('as it is where it has no body: what it says of that stays true', () => {
    const minimal = { status: 201, headers: { Location: '/people/ann', 'Preference-Applied': 'return=minimal' } }
    expect(keep({ replay: 'reference' }, minimal)).toEqual(minimal)
  })

  it('by the bytes of its UTF-8, whatever the text is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', '\ud800'), maxLength: 20 })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (body, maxRecordedBytes) => {
        const kept = keep({ maxRecordedBytes }, { ...answer, body })
        expect(kept.body).toBe(new TextEncoder().encode(body).length <= maxRecordedBytes ? body : undefined)
      }),
    )
  })
})

describe('a sealed answer', () => {
  it('has nothing in clear but the status and the name of the key', () => {
    const kept = keep({ seal })
    expect(kept).toEqual({ status: 201, headers: {}, body: expect.stringMatching(/^sealed:1:first:[\w-]+$/) })
    // Words long enough that no random text has them by chance.
    const bytes = Buffer.from(kept.body!.split(':').at(-1)!, 'base64url').toString('latin1')
    for (const word of ['"Ann"}', '/people/ann', 'Location', 'application/json']) {
      expect(`${kept.body}\n${bytes}`.toLowerCase()).not.toContain(word.toLowerCase())
    }
  })

  it('is shown as it was, whatever it says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ':', '\0', '\n', '😀', '\ud800', 'sealed:') })
    const answers = fc.record(
      { status: fc.constantFrom(200, 201), headers: fc.dictionary(text, text), body: text },
      { requiredKeys: ['status', 'headers'] },
    )
    fc.assert(
      fc.property(answers, (given) => {
        const codec = codecOf({ seal })
        expect(codec.show(codec.keep(given, record), record)).toEqual({ ...given, headers: { ...given.headers } })
      }),
    )
  })

  it('whose body is not kept is sealed as well: Location may be personal too', () => {
    const kept = keep({ replay: 'reference', seal })
    expect(kept).toEqual({ status: 201, headers: {}, body: expect.stringMatching(/^sealed:/) })
    expect(codecOf({ seal }).show(kept, record)).toEqual({
      status: 201,
      headers: { Location: '/people/ann', ETag: '"5"' },
    })
  })

  it('is opened after the body was limited, and after sealing other answers has begun or ended', () => {
    const kept = keep({ seal })
    expect(codecOf({ seal, replay: 'reference' }).show(kept, record)).toEqual(answer)
    expect(codecOf({ seal }).show(answer, record)).toBe(answer)
  })

  it.each([
    ['another key', { ...record, key: 'k2' }, 201],
    ['another caller', { ...record, scope: '"eve" createThing' }, 201],
    ['another status', record, 200],
  ])('is not shown under %s: an answer cannot be moved', (_, place, status) => {
    const kept = keep({ seal })
    const showing = () => codecOf({ seal }).show({ ...kept, status }, place)
    expect(showing).toThrow(RecordUnreadableError)
    expect(showing).toThrow("cannot be opened with the key 'first'")
  })

  it('of a later version is not guessed at', () => {
    const kept = { status: 201, headers: {}, body: 'sealed:2:first:abc' }
    expect(() => codecOf({ seal }).show(kept, record)).toThrow('sealed in version 2')
  })

  it.each(['sealed:', 'sealed:1', 'sealed:1:first', 'sealed:1:first:'])('that is cut to %s is unreadable', (body) => {
    expect(() => codecOf({ seal }).show({ status: 201, headers: {}, body }, record)).toThrow(RecordUnreadableError)
  })
})
