import { InvalidArgumentError } from 'commander'

// Clients give up before that.
const LONGEST_MS = 60_000

/** Reads `100`, or `50-200` for something between the two, in milliseconds. */
export function parseLatency(text: string): { readonly fromMs: number; readonly toMs: number } {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const [fromMs, toMs] = [Number(from), Number(to)]
  if (from !== undefined && fromMs <= toMs && toMs <= LONGEST_MS) return { fromMs, toMs }
  throw new InvalidArgumentError(
    `Write milliseconds as 100, or as 50-200 for something between the two; at most ${LONGEST_MS}.`,
  )
}
