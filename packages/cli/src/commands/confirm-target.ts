import { createInterface } from 'node:readline/promises'
import { UsageError } from '../usage-error.ts'
import type { VerifyFlags } from './verify-flags.ts'

const LOOPBACK = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i

/**
 * Asks before anything is created on a host that is not this machine, or anywhere where a profile says `ask`: behind a
 * loopback address may be a tunnel. Without a terminal there is nobody to ask, and silence is no consent: wrong usage.
 */
export async function confirmTarget(
  baseUrl: string,
  { yes = false, ask = false }: Pick<VerifyFlags, 'yes' | 'ask'>,
): Promise<void> {
  const { hostname } = new URL(baseUrl)
  const isHere = LOOPBACK.test(hostname)
  if (yes || (isHere && !ask)) return
  if (!process.stdin.isTTY) {
    throw new UsageError(
      `${isHere ? `The profile asks before anything is created on ${hostname}` : `${hostname} is not this machine`}, and verifying creates resources there (and deletes them again). Say --yes if that is meant.`,
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`Create resources on ${hostname} and delete them again? [y/N] `)
    if (/^y(es)?$/i.test(answer.trim())) return
  } finally {
    terminal.close()
  }
  throw new UsageError('Nothing was sent.')
}
