import { readFileSync } from 'node:fs'
import { UsageError } from '../../../usage-error.ts'

// RFC 6750 §2.1: what a bearer token may be made of; it then fits a header line, a cookie and a query just as well.
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
// NIST SP 800-63B §5.1.1: the shortest secret that people may choose.
const SHORTEST = 8
// Longer ones leave no room among the header lines.
const LONGEST = 4_096
// No colon, which ends the name in Basic (RFC 7617 §2), and nothing that a principal from a JWT has.
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/
const MANY = 10_000

/**
 * Reads tokens: each text is `NAME=TOKEN`, or `@FILE` with one of them a line; `environment` has them with commas between.
 * Throws a `UsageError` that never shows a token, nor what could be one.
 */
export function parseTokens(texts: readonly string[], environment = ''): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>()
  const names = new Map<string, string>()
  const add = (text: string, where: string) => {
    const [name, token] = parse(text, where)
    if (tokens.has(name)) throw new UsageError(`${where}: ${name} has a token already. Give each name one token.`)
    const other = names.get(token)
    if (other !== undefined)
      throw new UsageError(`${where}: ${name} and ${other} have the same token. Give each name its own.`)
    if (tokens.size >= MANY) throw new UsageError(`There are more than ${MANY} tokens. Use a JWKS file: --jwks FILE.`)
    tokens.set(name, token)
    names.set(token, name)
  }
  for (const text of texts) {
    if (text.startsWith('@')) for (const line of linesOf(text.slice(1))) add(line, `--token ${text}`)
    else add(text, '--token')
  }
  for (const part of environment.split(',')) {
    if (part.trim() !== '') add(part.trim(), 'CREATEONCE_TOKENS')
  }
  return tokens
}

function parse(text: string, where: string): readonly [name: string, token: string] {
  const at = text.indexOf('=')
  if (at === -1) throw new UsageError(`${where}: there is no "=". Write NAME=TOKEN; NAME is who it stands for.`)
  const [name, token] = [text.slice(0, at), text.slice(at + 1)]
  // What stands before the "=" is not shown: it is no name, and so may be part of a secret.
  if (!NAME.test(name))
    throw new UsageError(
      `${where}: the name before the "=" is not letters, digits, ".", "_", "@" and "-" only (100 at most). Write NAME=TOKEN.`,
    )
  if (token.length < SHORTEST || token.length > LONGEST)
    throw new UsageError(
      `${where}: the token of ${name} has ${token.length} characters. Take ${SHORTEST} to ${LONGEST}, such as those of openssl rand -hex 24.`,
    )
  if (!TOKEN.test(token))
    throw new UsageError(
      `${where}: the token of ${name} has characters that a bearer token cannot have. Take letters, digits and ". _ ~ + / -".`,
    )
  return [name, token]
}

function linesOf(file: string): readonly string[] {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/)
    return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new UsageError(`--token @${file}: the file cannot be read (${code}). Name a file with one NAME=TOKEN a line.`)
  }
}
