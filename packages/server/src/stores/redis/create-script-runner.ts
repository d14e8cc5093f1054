import type { Driver } from './driver.ts'
import { replyCode } from './reply-code.ts'
import type { Script } from './scripts.ts'

/**
 * Runs a script for one key; the reply is a list of texts. `now` stands in for the clock of Redis in tests. A server that
 * does not know the script gets its text.
 */
export type RunScript = (
  script: Script,
  key: string,
  args: readonly string[],
  now?: string,
) => Promise<readonly string[]>

interface Waiting {
  readonly key: string
  readonly args: readonly string[]
  resolve(reply: readonly string[]): void
  reject(error: unknown): void
}

interface Batch {
  readonly script: Script
  readonly now: string
  readonly waiting: Waiting[]
}

// Redis does nothing else meanwhile: about a millisecond.
const AT_ONCE = 64

/**
 * Makes the runner of one store. What is asked in one turn of the event loop goes to the server as one call: most of the
 * cost of a question is the call, in the client as in Redis. In a cluster each key has a server of its own, and a call.
 */
export function createScriptRunner(driver: Driver): RunScript {
  const batches = new Map<string, Batch>()

  function flush({ script, now, waiting }: Batch): void {
    for (let from = 0; from < waiting.length; from += AT_ONCE) {
      void settle(driver, script, waiting.slice(from, from + AT_ONCE), now)
    }
  }

  return (script, key, args, now = '') =>
    new Promise((resolve, reject) => {
      const one = { key, args, resolve, reject }
      if (!driver.isOneServer) return void settle(driver, script, [one], now)
      const name = `${script.sha} ${now}`
      const batch = batches.get(name)
      if (batch !== undefined) return void batch.waiting.push(one)
      const begun = { script, now, waiting: [one] }
      batches.set(name, begun)
      setImmediate(() => {
        batches.delete(name)
        flush(begun)
      })
    })
}

async function settle(driver: Driver, script: Script, waiting: readonly Waiting[], now: string): Promise<void> {
  let replies: readonly (readonly string[])[]
  try {
    replies = await call(driver, script, waiting, now)
  } catch (error) {
    // What Redis refuses may be one key's alone. A script that was executed answers the same again.
    if (waiting.length > 1 && replyCode(error) !== undefined) {
      for (const one of waiting) void settle(driver, script, [one], now)
    } else for (const { reject } of waiting) reject(error)
    return
  }
  for (const [index, { resolve }] of waiting.entries()) resolve(replies[index]!)
}

async function call(
  driver: Driver,
  { sha, text }: Script,
  waiting: readonly Waiting[],
  now: string,
): Promise<readonly (readonly string[])[]> {
  const keys = waiting.map(({ key }) => key)
  const rest = [String(keys.length), ...keys, ...waiting.flatMap(({ args }) => args), now]
  let replies: unknown
  try {
    replies = await driver.send(keys[0]!, ['EVALSHA', sha, ...rest])
  } catch (error) {
    if (replyCode(error) !== 'NOSCRIPT') throw error
    replies = await driver.send(keys[0]!, ['EVAL', text, ...rest])
  }
  // A client may be set to give bytes instead of text.
  return (replies as unknown[][]).map((reply) => reply.map(String))
}
