import type { HeaderLine } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import type { Example } from './example.ts'
import { parseJson } from './parse-json.ts'
import { splitWords } from './split-words.ts'

// Every option under its long name; what only changes what curl shows is left out.
const LONG: Readonly<Record<string, string>> = {
  '-X': '--request',
  '-H': '--header',
  '-d': '--data',
  '-u': '--user',
  '-A': '--user-agent',
  '-b': '--cookie',
  '-i': '--include',
  '-s': '--silent',
  '-S': '--show-error',
  '-v': '--verbose',
}
const TAKING = ['--request', '--header', '--json', '--user', '--url', '--user-agent', '--cookie']
const DATA = ['--data', '--data-raw', '--data-binary', '--data-ascii']
const SHOWING = ['--include', '--silent', '--show-error', '--verbose', '--compressed']

/** Reads a curl command, as it stands in a documentation or is copied from a browser. */
export function parseCurl(command: string): Example {
  const [program, ...words] = splitWords(command.trim())
  if (program !== 'curl') throw new UsageError("--curl takes a whole command: 'curl -X POST http://… '.")
  const options = readOptions(words)
  const values = (name: string) => options.filter((one) => one.name === name).map(({ value }) => value)
  const [url, ...furtherUrls] = values('--url')
  if (url === undefined) throw new UsageError('The curl command has no URL.')
  if (furtherUrls.length > 0) throw new UsageError(`The curl command has two URLs, ${url} and ${furtherUrls[0]}.`)
  const json = values('--json').map((text) => ({ name: '--json', text }))
  const data = options.filter(({ name }) => DATA.includes(name)).map(({ name, value: text }) => ({ name, text }))
  const [content, ...more] = [...json, ...data]
  if (more.length > 0) throw new UsageError('The curl command has two bodies; the verifier creates from one of JSON.')
  const headers = [
    ...values('--header').map(toHeader),
    ...values('--user').map(toBasic),
    ...values('--user-agent').map((text): HeaderLine => ['User-Agent', text]),
    ...values('--cookie').map(toCookie),
  ]
  const method = values('--request').at(-1) ?? (content === undefined ? 'GET' : 'POST')
  return { method, url, headers, ...(content !== undefined && { body: bodyOf(content, headers) }) }
}

function readOptions(words: readonly string[]): { name: string; value: string }[] {
  const options: { name: string; value: string }[] = []
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      options.push({ name: '--url', value: word })
      continue
    }
    const isShort = !word.startsWith('--')
    const name = isShort ? (LONG[word.slice(0, 2)] ?? word.slice(0, 2)) : word
    const attached = isShort ? word.slice(2) : ''
    if (SHOWING.includes(name)) {
      // `-sS` is `-s -S`.
      if (attached !== '') rest.unshift(`-${attached}`)
    } else if (TAKING.includes(name) || DATA.includes(name)) {
      const value = attached === '' ? rest.shift() : attached
      if (value === undefined) throw new UsageError(`${name} of the curl command has no value.`)
      options.push({ name, value })
    } else throw new UsageError(`${name} of the curl command is not supported.`)
  }
  return options
}

function toHeader(text: string): HeaderLine {
  const [, name, sign, value] = /^([!#$%&'*+.^_`|~\w-]+)\s*([:;])[ \t]*([^\r\n]*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined && (value === '') === (sign === ';')) return [name, value]
  throw new UsageError(`-H ${text} of the curl command is not supported; write 'Name: value'.`)
}

function toBasic(text: string): HeaderLine {
  // Without a password curl would ask for it.
  if (!text.includes(':')) throw new UsageError('-u of the curl command needs user:password.')
  return ['Authorization', `Basic ${Buffer.from(text).toString('base64')}`]
}

function toCookie(text: string): HeaderLine {
  if (text.includes('=')) return ['Cookie', text]
  throw new UsageError(`-b ${text} of the curl command reads a file, which is not supported; write name=value.`)
}

function bodyOf({ name, text }: { name: string; text: string }, headers: readonly HeaderLine[]): unknown {
  if (text.startsWith('@') && name !== '--data-raw')
    throw new UsageError(`${name} ${text} of the curl command reads a file, which is not supported.`)
  const mediaType = headers.find(([one]) => one.toLowerCase() === 'content-type')?.[1]
  if (name !== '--json' && mediaType === undefined)
    throw new UsageError(
      `curl sends ${name} as a form, and the verifier creates from JSON: add -H 'Content-Type: application/json', or use --json.`,
    )
  return parseJson(text, 'The body of the curl command')
}
