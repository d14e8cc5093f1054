import type { Driver } from './driver.ts'
import { replyCode } from './reply-code.ts'
import type { Script } from './scripts.ts'

/** Runs a script over one key; the reply is a list of texts. A server that does not know the script gets its text. */
export async function runScript(
  driver: Driver,
  script: Script,
  key: string,
  args: readonly string[],
): Promise<readonly string[]> {
  let reply: unknown
  try {
    reply = await driver.send(key, ['EVALSHA', script.sha, '1', key, ...args])
  } catch (error) {
    if (replyCode(error) !== 'NOSCRIPT') throw error
    reply = await driver.send(key, ['EVAL', script.text, '1', key, ...args])
  }
  // A client may be set to give bytes instead of text.
  return (reply as unknown[]).map(String)
}
