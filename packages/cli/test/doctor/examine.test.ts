import { describe, expect, it } from 'vitest'
import { examine } from '../../src/doctor/examine.ts'
import type { Probe, Reading } from '../../src/doctor/probe.ts'
import { surroundingsOf } from './look.ts'

// What a test waits for comes at once; only what never comes is given up.
const BOUND_MS = 100
const probe = (look: Probe['look'], more: Partial<Probe> = {}): Probe => ({
  id: 'it',
  needs: 'It',
  how: 'So.',
  why: 'Because.',
  mend: 'Thus.',
  look,
  ...more,
})
const good: Reading = { kind: 'good', subject: '', seen: 'it' }
const readingsOf = async (probes: readonly Probe[], more: Parameters<typeof surroundingsOf>[1] = {}) =>
  (await examine(probes, surroundingsOf({}, more), BOUND_MS)).flatMap(({ readings }) => readings)

describe('an examination', () => {
  it('runs probes side by side, and keeps their order', async () => {
    let arrive: (reading: readonly Reading[]) => void = () => {}
    const first = probe(
      () =>
        new Promise((resolve) => {
          arrive = resolve
        }),
    )
    // The first one waits for the second.
    const second = probe(() => {
      arrive([{ ...good, seen: 'first' }])
      return [{ ...good, seen: 'second' }]
    })
    expect((await readingsOf([first, second])).map(({ seen }) => seen)).toEqual(['first', 'second'])
  })

  it('has seen nothing of what throws, at once or later', async () => {
    const thrown = probe(() => {
      throw new Error('broken')
    })
    const rejected = probe(async () => {
      throw Object.assign(new Error('no'), { code: 'EIO' })
    })
    expect(await readingsOf([thrown, rejected, probe(() => [good])])).toEqual([
      { kind: 'unknown', subject: '', seen: 'broken' },
      { kind: 'unknown', subject: '', seen: 'EIO: no' },
      good,
    ])
  })

  it('gives up what takes too long, and keeps the rest', async () => {
    const readings = await readingsOf([probe(() => new Promise(() => {})), probe(() => [good])])
    expect(readings).toEqual([{ kind: 'unknown', subject: '', seen: 'it was given up after 100 ms' }, good])
  })

  it('leaves out what looks at the running API before that is started', async () => {
    const probes = [probe(() => [good], { needsApi: true })]
    expect(await readingsOf(probes, { beforeStart: true })).toEqual([])
    expect(await readingsOf(probes)).toEqual([good])
  })

  it('masks secrets everywhere, and the password in a secret that is a URL', async () => {
    const text = 'postgres://ada:hunt%40er@db/shop hunt%40er hunt@er token-token'
    const secrets = ['postgres://ada:hunt%40er@db/shop', 'token-token']
    const readings = await readingsOf([probe(() => [{ kind: 'bad', subject: text, seen: text, mend: text }])], {
      secrets,
    })
    const masked = '*** *** *** ***'
    expect(readings).toEqual([{ kind: 'bad', subject: masked, seen: masked, mend: masked }])
  })

  it('keeps foreign texts short, and masks before it cuts', async () => {
    const seen = `${'x'.repeat(295)}secret-secret`
    const [reading] = await readingsOf([probe(() => [{ ...good, seen }])], { secrets: ['secret-secret'] })
    expect(reading!.seen).toBe(`${'x'.repeat(295)}***`)
    const [long] = await readingsOf([probe(() => [{ ...good, seen: 'y'.repeat(1000) }])])
    expect(long!.seen).toHaveLength(301)
  })
})
