import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/serve/conditions/seeded-random.ts'

function draw(count: number, seed: number, stream = 'a'): number[] {
  const random = seededRandom(seed, stream)
  return Array.from({ length: count }, random)
}

describe('numbers from a seed', () => {
  it('are the same again, and others for another seed or another use', () => {
    expect(draw(100, 7)).toEqual(draw(100, 7))
    expect(draw(100, 8)).not.toEqual(draw(100, 7))
    expect(draw(100, 7, 'b')).not.toEqual(draw(100, 7))
  })

  it.each([0, 1, 4_294_967_295])('are spread evenly from 0 up to 1, with the seed %d', (seed) => {
    const numbers = draw(10_000, seed)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length
      // Five standard deviations of a fair draw.
      expect(Math.abs(share - 0.1)).toBeLessThan(0.015)
    }
    expect(Math.max(...numbers)).toBeLessThan(1)
  })
})
