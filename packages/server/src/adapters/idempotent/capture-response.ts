import type { ServerResponse } from 'node:http'
import type { Answer } from '../../creation/answer.ts'
import type { CapturedResponse } from '../../guard/captured-response.ts'
import type { Guard } from '../../guard/guard.ts'
import { overlay } from './overlay.ts'
import { sendAnswer } from './send-answer.ts'
import { setHeaders } from './set-headers.ts'

type Callback = (error?: Error | null) => void

/** What a handler writes, held back. */
export interface ResponseCapture {
  /** There when the answer has ended, grown beyond what is held, or streams; rejects where the handler destroys it. */
  readonly answered: Promise<CapturedResponse>
  /** Sends what was held back; what follows goes through. */
  release(): void
  /** Sends another answer, and drops what was held back and whatever the handler still writes. */
  replace(answer: Answer): void
}

const SETTERS = ['setHeader', 'appendHeader', 'removeHeader', 'setHeaders'] as const

// Its reader waits for every event: holding them back would be to send none.
const EVENTS = /^text\/event-stream\b/i

/**
 * Holds back what a handler writes to a response of `node:http`, in memory and bounded: at most `maxHeldBytes` and what
 * one more write has, for at most `holdMs`. To the handler it looks sent. Works below Express, Koa and Fastify, which all
 * end here: middleware that was mounted before sees the answer when it is released, middleware behind when it is written.
 */
export function captureResponse(
  response: ServerResponse,
  { maxHeldBytes, holdMs, time }: Pick<Guard, 'maxHeldBytes' | 'holdMs' | 'time'>,
): ResponseCapture {
  const { writeHead, write, end, flushHeaders, destroy } = response
  const held: { readonly chunk: Buffer; readonly done: Callback | undefined }[] = []
  let state: 'holding' | 'released' | 'dropping' = 'holding'
  let length = 0
  let hasBegun = false
  let hasEnded = false
  let isFlushed = false
  let ended: Callback | undefined
  let sent: { readonly status: number; readonly message: string | undefined } | undefined
  let cancel = (): void => {}
  let resolve!: (captured: CapturedResponse) => void
  let reject!: (error: Error) => void
  const answered = new Promise<CapturedResponse>((yes, no) => {
    resolve = yes
    reject = no
  })
  // The guard may have given the handler up before it listens.
  answered.catch(() => {})

  function begin(): void {
    hasBegun = true
    sent = { status: response.statusCode, message: messageOf(response) }
    cancel = time.after(holdMs, () => settle(undefined))
    if (EVENTS.test(String(response.getHeader('content-type')))) settle(undefined)
  }

  /** As Node does it: through `writeHead`, which middleware may have laid itself over. */
  function beginImplicitly(): void {
    if (!hasBegun) response.writeHead(response.statusCode)
  }

  function settle(body: Buffer | undefined): void {
    cancel()
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(response.getHeaders())) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : String(value)
    }
    resolve({ status: sent!.status, headers, body })
  }

  const setter = (name: (typeof SETTERS)[number]): PropertyDescriptor => {
    const original = response[name] as ((...given: unknown[]) => unknown) | undefined
    return {
      value(...given: unknown[]) {
        if (state === 'dropping') return response
        if (state === 'holding' && hasBegun) throw headersSent(name)
        return original?.apply(response, given)
      },
    }
  }

  const restore = overlay(response, {
    ...Object.fromEntries(SETTERS.map((name) => [name, setter(name)])),
    headersSent: { get: () => hasBegun },
    // Older middleware looks here.
    ...(Object.hasOwn(response, '_header') && { _header: { get: () => (hasBegun ? 'held' : null) } }),
    writableEnded: { get: () => hasEnded },
    writeHead: {
      value(...given: unknown[]) {
        if (state === 'released') return (writeHead as (...rest: unknown[]) => unknown).apply(response, given)
        if (state === 'dropping') return response
        if (hasBegun) throw headersSent('writeHead')
        const [status, reason, headers] = given
        response.statusCode = status as number
        if (typeof reason === 'string') response.statusMessage = reason
        setHeaders(response, typeof reason === 'string' ? headers : (headers ?? reason))
        begin()
        return response
      },
    },
    write: {
      value(...given: unknown[]) {
        if (state === 'released') return (write as (...rest: unknown[]) => unknown).apply(response, given)
        const done = callbackOf(given)
        if (state === 'dropping' || hasEnded) {
          if (done !== undefined) process.nextTick(done, hasEnded && state === 'holding' ? writeAfterEnd() : null)
          return state === 'dropping'
        }
        beginImplicitly()
        const chunk = toBuffer(given[0], given[1])
        length += chunk.byteLength
        const isMuch = length > maxHeldBytes
        // Whoever waits for one write before the next must not wait for the end.
        if (!isMuch && done !== undefined) process.nextTick(done)
        held.push({ chunk, done: isMuch ? done : undefined })
        if (isMuch) settle(undefined)
        return !isMuch
      },
    },
    end: {
      value(...given: unknown[]) {
        if (state === 'released') return (end as (...rest: unknown[]) => unknown).apply(response, given)
        const done = callbackOf(given)
        if (state === 'dropping' || hasEnded) {
          if (done !== undefined) process.nextTick(done)
          return response
        }
        beginImplicitly()
        const [chunk, encoding] = given
        if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') {
          held.push({ chunk: toBuffer(chunk, encoding), done: undefined })
          length += held.at(-1)!.chunk.byteLength
        }
        hasEnded = true
        ended = done
        settle(length <= maxHeldBytes ? Buffer.concat(held.map((one) => one.chunk)) : undefined)
        return response
      },
    },
    /** The handler wants to be heard before it has ended: it streams. */
    flushHeaders: {
      value() {
        if (state === 'released') return flushHeaders.call(response)
        if (state === 'dropping' || hasEnded) return undefined
        beginImplicitly()
        isFlushed = true
        return settle(undefined)
      },
    },
    destroy: {
      value(error?: Error) {
        if (state === 'dropping') return response
        reject(new Error('The handler destroyed its response.', { cause: error }))
        return destroy.call(response, error)
      },
    },
  })

  return {
    answered,
    release() {
      const owesDrain = length > maxHeldBytes
      state = 'released'
      restore()
      // What was said first holds, as if it had been sent.
      response.statusCode = sent!.status
      if (messageOf(response) !== sent!.message) response.statusMessage = sent!.message ?? ''
      if (isFlushed) flushHeaders.call(response)
      if (hasEnded) {
        const body = Buffer.concat(held.map(({ chunk }) => chunk))
        // Past what middleware behind has laid over ours: it has had its turn.
        ;(end as (...given: unknown[]) => unknown).apply(response, body.byteLength === 0 ? [ended] : [body, ended])
        return
      }
      let canGoOn = true
      for (const { chunk, done } of held) canGoOn = write.call(response, chunk, 'utf8', done as Callback)
      if (owesDrain && canGoOn) process.nextTick(() => response.emit('drain'))
    },
    replace(answer) {
      cancel()
      state = 'released'
      restore()
      for (const name of response.getHeaderNames()) if (OF_THE_HANDLER.has(name)) response.removeHeader(name)
      if (messageOf(response) !== undefined) response.statusMessage = ''
      sendAnswer(response, answer)
      drop(response)
      state = 'dropping'
    },
  }
}

/** What a handler may have set for the answer that is not sent. */
const OF_THE_HANDLER = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'content-language',
  'content-location',
  'content-range',
  'etag',
  'last-modified',
  'link',
  'location',
  'set-cookie',
  'transfer-encoding',
])

/** A handler that was given up may still write; on a response that has ended Node would throw where nobody catches. */
function drop(response: ServerResponse): void {
  const quiet = { value: () => response }
  overlay(response, {
    ...Object.fromEntries([...SETTERS, 'writeHead', 'end'].map((name) => [name, quiet])),
    write: { value: () => true },
    flushHeaders: { value: () => {} },
  })
}

/** The reason phrase, where one was set: HTTP/2 has none, and warns of whoever asks. */
function messageOf(response: ServerResponse): string | undefined {
  return Object.hasOwn(response, 'statusMessage') ? response.statusMessage : undefined
}

function callbackOf(given: readonly unknown[]): Callback | undefined {
  return given.find((one) => typeof one === 'function') as Callback | undefined
}

function toBuffer(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === 'string') {
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  }
  // Copied: whoever wrote it may use its memory again before it is sent.
  if (chunk instanceof Uint8Array) return Buffer.from(chunk)
  throw Object.assign(new TypeError('The chunk of a response must be text or bytes.'), { code: 'ERR_INVALID_ARG_TYPE' })
}

function headersSent(name: string): Error {
  return Object.assign(new Error(`Cannot call ${name}() after the response has been sent to the client`), {
    code: 'ERR_HTTP_HEADERS_SENT',
  })
}

function writeAfterEnd(): Error {
  return Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' })
}
