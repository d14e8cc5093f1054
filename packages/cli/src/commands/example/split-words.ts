import { UsageError } from '../../usage-error.ts'

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }

/** Splits a command as a POSIX shell does, without expanding anything: quotes, backslashes, and `$'…'` as browsers copy. */
export function splitWords(command: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let at = 0
  const add = (text: string): void => {
    word = (word ?? '') + text
  }
  while (at < command.length) {
    const sign = command[at]!
    if (sign === "'") {
      const end = closing(command, at, /'/g)
      add(command.slice(at + 1, end))
      at = end + 1
    } else if (sign === '"') {
      const end = closing(command, at, /(?<!\\)(?:\\\\)*"/g)
      add(command.slice(at + 1, end).replace(/\\(?:\n|(["\\$`]))/g, (_, literal = '') => literal))
      at = end + 1
    } else if (command.startsWith("$'", at)) {
      const end = closing(command, at + 1, /(?<!\\)(?:\\\\)*'/g)
      add(unescaped(command.slice(at + 2, end)))
      at = end + 1
    } else if (sign === '\\') {
      // A backslash at the end of a line joins it to the next.
      if (command[at + 1] !== '\n' && command.slice(at + 1, at + 3) !== '\r\n') add(command[at + 1] ?? '')
      at += command[at + 1] === '\r' ? 3 : 2
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word)
      word = undefined
      at += 1
    } else {
      add(sign)
      at += 1
    }
  }
  return word === undefined ? words : [...words, word]
}

/** Where the quote that is opened at a place is closed: at the last sign of the match. */
function closing(command: string, at: number, quote: RegExp): number {
  quote.lastIndex = at + 1
  const found = quote.exec(command)
  if (found === null) throw new UsageError('A quote in the curl command is not closed.')
  return quote.lastIndex - 1
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_, unit, byte, sign: string) => {
    const code = unit ?? byte
    return code === undefined ? (ESCAPES[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16))
  })
}
