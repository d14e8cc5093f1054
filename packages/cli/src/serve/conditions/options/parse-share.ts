import { InvalidArgumentError } from 'commander'

/** Reads a percentage, `5%`, `5` or `0.5`, as a share from 0 to 1. */
export function parseShare(text: string): number {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?)%?$/.exec(text) ?? []
  const share = Number(digits) / 100
  if (digits !== undefined && share <= 1) return share
  throw new InvalidArgumentError('Write a percentage from 0 to 100, as 5% or 5.')
}
