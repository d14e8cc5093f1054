import type { Exchange } from '../exchange/exchange.ts'
import { usualAccept } from '../exchange/usual-accept.ts'

// Header lines that curl makes itself, or that only matter to the verifier.
const own = /^(host|content-length|connection|user-agent)$/i

/** A curl command that repeats the request of an exchange, quoted for a POSIX shell. */
export function toCurl({ request }: Exchange): string {
  const method = request.method === 'GET' ? [] : ['-X', request.method]
  const headers = request.headers
    .filter(([name, value]) => !own.test(name) && value !== usualAccept)
    .flatMap(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`])
  // Left alone, curl says that it is a form.
  const isTyped = request.headers.some(([name]) => name.toLowerCase() === 'content-type')
  const untyped = request.body === '' || isTyped ? [] : ['-H', 'Content-Type:']
  const body = request.body === '' ? [] : ['--data-binary', request.body]
  return ['curl', '-i', ...method, request.url, ...headers, ...untyped, ...body].map(quoted).join(' ')
}

const acting = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

// As bytes of UTF-8: what \u means depends on the locale of the shell.
function bytesOf(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}

function quoted(word: string): string {
  if (/^[\w./:@%+=-]+$/.test(word)) return word
  // A control character would act on the terminal into which the command is pasted, and a sign that turns the
  // direction of writing would show another command than the one that runs.
  if (acting.test(word)) {
    const escaped = word.replace(/[\\']/g, '\\$&').replace(new RegExp(acting, 'gu'), bytesOf)
    return `$'${escaped}'`
  }
  return `'${word.replace(/'/g, `'\\''`)}'`
}
