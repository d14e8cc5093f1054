import { type Answer, send } from './send.ts'

/** Sends what a printed curl command would send, so that no test needs curl; for the options -i, -s, -H and -d. */
export function runCurl(command: string, origin?: string): Promise<Answer> {
  const matches = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)
  const words = [...matches].map(([, quoted, bare]) => quoted ?? bare!)
  const after = (flag: string) => words.filter((_, at) => words[at - 1] === flag)
  const address = words.find((word) => /^(http:\/\/)?localhost/.test(word))!
  const url = new URL(address.replace(/^(?!http:)/, 'http://'))
  const [body] = after('-d')
  return send(body === undefined ? 'GET' : 'POST', (origin ?? url.origin) + url.pathname, {
    headers: Object.fromEntries(after('-H').map((line) => line.split(': ') as [string, string])),
    ...(body !== undefined && { body }),
  })
}
