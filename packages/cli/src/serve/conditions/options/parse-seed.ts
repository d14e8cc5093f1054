import { InvalidArgumentError } from 'commander'

/** How many seeds there are: what is drawn from one knows 32 bits. */
export const SEEDS = 4_294_967_296

/** Reads a seed: a whole number below 2^32. */
export function parseSeed(text: string): number {
  const seed = Number(text)
  if (/^\d+$/.test(text) && seed < SEEDS) return seed
  throw new InvalidArgumentError(`A seed is a whole number from 0 to ${SEEDS - 1}.`)
}
