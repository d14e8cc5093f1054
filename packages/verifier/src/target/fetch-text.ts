import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { DOCUMENT_LIMITS } from './document-limits.ts'
import { parseUrl } from './parse-url.ts'
import { TargetError } from './target-error.ts'

/** One answer to a GET, read as text. */
export interface FetchedText {
  /** The address that answered, after redirects. */
  readonly url: string
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** How documents are fetched; replaceable, so that tests and proxies can bring their own. */
export type FetchText = (url: string, options: FetchTextOptions) => Promise<FetchedText>

export interface FetchTextOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for the whole exchange. @default 10_000 */
  readonly timeoutMs?: number
  /** @default 33_554_432 */
  readonly maxBytes?: number
}

// The longest chain that browsers of old followed without suspecting a loop was 5 (RFC 2068); documents need one or two.
const MAX_REDIRECTS = 5
const TIMEOUT_MS = 10_000

/**
 * Fetches a text over HTTP; throws a TargetError (`unreachable`, `timeout`, `too-large`) when there is no answer to read.
 * Redirects are followed, but the caller's headers are sent to the first origin only: they may hold credentials.
 */
export async function fetchText(url: string, options: FetchTextOptions = {}): Promise<FetchedText> {
  const firstOrigin = new URL(url).origin
  let current = new URL(url)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const headers = current.origin === firstOrigin ? options.headers : undefined
    const answer = await getOnce(current, { ...options, headers: headers ?? {} })
    if (answer.location === undefined) return answer
    const next = parseUrl(answer.location, current)
    if (next === undefined || !/^https?:$/.test(next.protocol)) return answer
    current = next
  }
  throw new TargetError('unreachable', `${url} redirects more than ${MAX_REDIRECTS} times.`, {
    seen: [`last redirect: ${current.href}`],
    advice: 'Name the address of the document itself.',
  })
}

type OneAnswer = FetchedText & { readonly location?: string }

function getOnce(url: URL, options: FetchTextOptions): Promise<OneAnswer> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const maxBytes = options.maxBytes ?? DOCUMENT_LIMITS.bytes
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5', ...options.headers }
    const request = send(url, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size <= maxBytes) return
        // Rejected here as well: the last chunk may have come, and then nothing is left to be destroyed.
        clearTimeout(timer)
        reject(tooLarge(url, maxBytes))
        request.destroy()
      })
      response.on('error', (cause) => reject(unreachable(url, cause)))
      response.on('end', () => {
        clearTimeout(timer)
        const status = response.statusCode ?? 0
        const { location } = response.headers
        resolve({
          url: url.href,
          status,
          contentType: response.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
          ...(status >= 300 && status < 400 && location !== undefined ? { location } : {}),
        })
      })
    })
    // A timer of our own, because the socket's timeout starts again with every byte of a server that drips.
    const timer = setTimeout(() => request.destroy(timedOut(url, timeoutMs)), timeoutMs)
    request.on('error', (cause) => {
      clearTimeout(timer)
      reject(unreachable(url, cause))
    })
    request.end()
  })
}

function tooLarge(url: URL, maxBytes: number): TargetError {
  return new TargetError('too-large', `The document at ${url.href} is larger than ${maxBytes} bytes.`, {
    advice: 'Save the part of the document that describes the creations to a file and name that file.',
  })
}

function timedOut(url: URL, timeoutMs: number): TargetError {
  return new TargetError('timeout', `${url.href} did not answer within ${timeoutMs} ms.`, {
    advice: 'Check that the API is running and not overloaded, or allow a longer timeout.',
  })
}

function unreachable(url: URL, cause: Error): TargetError {
  if (cause instanceof TargetError) return cause
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  const errors = (cause as AggregateError).errors as Error[] | undefined
  const seen = [cause.message || errors?.map((error) => error.message).join('; ') || code || cause.name]
  const [reason, advice] = REASONS.find(([pattern]) => pattern.test(code))?.slice(1) ?? [code, undefined]
  return new TargetError('unreachable', `Nothing usable answers at ${url.origin}${reason && `: ${reason}`}.`, {
    seen,
    advice:
      (advice as string | undefined) ?? 'Start the API, and check the host name, the port and http against https.',
  })
}

const REASONS: readonly (readonly [RegExp, string, string?])[] = [
  [/^ECONNREFUSED$/, 'the connection was refused'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the host name is unknown'],
  [/^ECONNRESET$/, 'the connection was cut'],
  [/^HPE_/, 'what listens there does not speak HTTP', 'Check the port, and write https:// if it is a secure one.'],
  [
    /^(EPROTO|ERR_SSL)/,
    'what listens there does not speak TLS',
    'Check the port, and write http:// if it is a plain one.',
  ],
  [/CERT|SELF_SIGNED|ERR_TLS/, 'its certificate is not trusted', 'Name the authority in NODE_EXTRA_CA_CERTS.'],
]
