import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer, CreationRequest } from '../../src/index.ts'

/** What a process is told. */
export interface Told {
  /** The passing at which it dies, as another process has named it; without one it lives. */
  readonly stop?: string
  readonly ways: readonly { readonly way: string; readonly request: Asked }[]
  /** The fault that is seeded, if any. */
  readonly fault?: 'records apart' | 'answers early' | undefined
  /** Where the store is; for `sqlite` and for `postgres`. */
  readonly file?: string
  readonly schema?: string
  readonly config?: object
}

/** A request that a process can be sent. */
export type Asked = Omit<CreationRequest, 'body'> & { readonly body: string }

/** A point that is passed. */
export interface Passing {
  /** The point, and for the how manyth time it is passed. */
  readonly passing: string
  readonly point: string
  /** The same for all between which nothing has left the process or come in. */
  readonly moment: number
}

/** What a process says. */
interface Said {
  readonly acknowledged?: { readonly way: string; readonly answer: Answer }
  readonly passed?: readonly Passing[]
  readonly begun?: number
}

/** What came of it. */
export interface Ended {
  /** What it answered before it ended, by way. */
  readonly acknowledged: ReadonlyMap<string, Answer>
  /** Every passing, in order; undefined where it died. */
  readonly passed: readonly Passing[] | undefined
  /** How many of them came before the request. */
  readonly begun: number
  readonly signal: string | null
}

const SCRIPT = fileURLToPath(new URL('stop-process.mjs', import.meta.url))

// Nearly all that a process takes is its start; with some in reserve both processors are busy with starting.
const RESERVE = 4

/** Processes over one kind of store. */
export interface Crashing {
  /** Has one create, and waits for its end. */
  run(told: Told): Promise<Ended>
  end(): void
}

/** Starts some ahead of their use. */
export function startCrashing(folder: string, kind: string): Crashing {
  const reserve: ChildProcess[] = []

  function fill(): void {
    while (reserve.length < RESERVE) reserve.push(fork(SCRIPT, [folder, kind]))
  }
  fill()

  return {
    async run(told) {
      const child = reserve.shift()!
      const acknowledged = new Map<string, Answer>()
      let last: Said = {}
      child.on('message', (said: 'warm' | Said) => {
        if (said === 'warm') return
        if (said.acknowledged !== undefined) acknowledged.set(said.acknowledged.way, said.acknowledged.answer)
        last = said
      })
      // `exit` may come before the last message, `disconnect` comes behind it.
      const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
      child.send(told)
      fill()
      const [[, signal]] = (await ended) as [[number | null, string | null], unknown]
      return { acknowledged, passed: last.passed, begun: last.begun ?? 0, signal }
    },
    end() {
      for (const child of reserve) child.kill('SIGKILL')
    },
  }
}
