import { createInterface } from 'node:readline/promises'
import { UsageError } from '../usage-error.ts'

const LOOPBACK = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i

/**
 * Asks before anything is created on a host that is not this machine. Without a terminal there is nobody to ask, and
 * silence is no consent: wrong usage.
 */
export async function confirmTarget(baseUrl: string, isAllowed: boolean): Promise<void> {
  const { hostname } = new URL(baseUrl)
  if (isAllowed || LOOPBACK.test(hostname)) return
  if (!process.stdin.isTTY) {
    throw new UsageError(
      `${hostname} is not this machine, and verifying creates resources there (and deletes them again). Say --yes if that is meant.`,
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
