import type { HeaderLine } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import { parseJson } from './parse-json.ts'

/** What the items of a request say, in the spelling of HTTPie. */
export interface Items {
  readonly headers: readonly HeaderLine[]
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly members: Readonly<Record<string, unknown>>
}

// At one place the longest counts: `qty:=2` is no header.
const SEPARATORS = [':=@', ':=', '=@', '==', '=', ':', '@'] as const
type Separator = (typeof SEPARATORS)[number]

/** Reads items: `name=text`, `name:=JSON`, `Name:header`, `name==query`; a backslash takes a separator literally. */
export function parseItems(texts: readonly string[]): Items {
  const headers: HeaderLine[] = []
  const query: [string, string][] = []
  const members = new Map<string, unknown>()
  for (const text of texts) {
    const { name, separator, value } = split(text)
    switch (separator) {
      case ':':
        headers.push(header(text, name, value))
        break
      case '==':
        query.push([name, value])
        break
      case '=':
      case ':=':
        if (members.has(name)) throw new UsageError(`${name} is given twice.`)
        checkMember(text, name)
        members.set(name, separator === '=' ? value : jsonOf(name, value))
        break
      default:
        throw new UsageError(`${text}: reading a value from a file (${separator}) is not supported; use --json TEXT.`)
    }
  }
  return { headers, query, members: Object.fromEntries(members) }
}

function split(text: string): { name: string; separator: Separator; value: string } {
  let name = ''
  for (let at = 0; at < text.length; at++) {
    const separator = SEPARATORS.find((one) => text.startsWith(one, at))
    if (separator !== undefined && name !== '') return { name, separator, value: text.slice(at + separator.length) }
    if (text[at] === '\\' && at + 1 < text.length) at += 1
    name += text[at]
  }
  throw new UsageError(
    `${text} is no part of a request: write name=text, name:=JSON, 'Name:header' or name==query, after POST and the URL.`,
  )
}

function header(text: string, name: string, value: string): HeaderLine {
  if (/^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n]/.test(value)) return [name, value.trim()]
  throw new UsageError(`${text} is no header line; for a member with JSON, write name:=value.`)
}

function checkMember(text: string, name: string): void {
  if (name.includes('[')) {
    throw new UsageError(`${text}: members within members are written as JSON here: address:='{"city":"Rome"}'.`)
  }
}

function jsonOf(name: string, value: string): unknown {
  return parseJson(value, `The value of ${name}:=`, ` For text, write ${name}=${value}.`)
}
