import { type ApiProcess, launch, neutralise, StartError } from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import type { Source } from './example/read-source.ts'
import { takeCredentials } from './take-credentials.ts'
import type { VerifyFlags } from './verify-flags.ts'

/**
 * Starts the API of `--start` where its document has to be asked for; otherwise the run starts it when it knows from
 * the document where it answers.
 */
export async function startApi(source: Source, { start, baseUrl }: VerifyFlags): Promise<ApiProcess | undefined> {
  if (start === undefined || source.kind !== 'document') return undefined
  const url = [source.name, baseUrl].find((text) => text !== undefined && /^https?:\/\//i.test(text))
  if (url === undefined) return undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(signal))
  try {
    return await launch(start, { url: takeCredentials(url).url })
  } catch (error) {
    throw error instanceof StartError ? new UsageError(neutralise(`${error.message}.`)) : error
  }
}

// A signal would end this process without a word to the API, which has a process group of its own. While a run listens
// for signals it is the run that stops.
function leave(signal: 'SIGTERM' | 'SIGINT'): void {
  if (process.listenerCount(signal) === 1) process.exit(3)
}
