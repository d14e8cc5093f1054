import type { Exchange } from '../exchange/exchange.ts'

// Header lines that curl makes itself, or that only matter to the verifier.
const own = /^(host|content-length|connection|user-agent|accept)$/i

/** A curl command that repeats the request of an exchange, quoted for a POSIX shell. */
export function toCurl({ request }: Exchange): string {
  const method = request.method === 'GET' ? [] : ['-X', request.method]
  const headers = request.headers
    .filter(([name]) => !own.test(name))
    .flatMap(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`])
  const body = request.body === '' ? [] : ['--data-binary', request.body]
  return ['curl', '-i', ...method, request.url, ...headers, ...body].map(quoted).join(' ')
}

function quoted(word: string): string {
  if (/^[\w./:@%+=-]+$/.test(word)) return word
  // A control character would act on the terminal into which the command is pasted.
  if (/\p{Cc}/u.test(word)) {
    const escaped = word
      .replace(/[\\']/g, '\\$&')
      .replace(/\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    return `$'${escaped}'`
  }
  return `'${word.replace(/'/g, `'\\''`)}'`
}
