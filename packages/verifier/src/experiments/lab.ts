import type { Answer, Exchange, HeaderLine } from '../exchange/exchange.ts'
import type { OutgoingRequest } from '../http/outgoing-request.ts'
import type { ApiProcess } from '../start/launch.ts'
import type { Attempt, Tried } from './attempt.ts'
import type { Bodies, ValidBodyOptions } from './bodies.ts'
import type { Ask, Experiment } from './experiment.ts'
import type { ListMemory } from './list-memory.ts'
import type { Operation } from './operation.ts'
import type { Principals, Stranger } from './principals.ts'

/** One create request to be made. */
export interface Draft {
  readonly body?: unknown
  /** The content as bytes, where it is to differ from the body's JSON. */
  readonly raw?: string | Uint8Array
  /** `auto` sends a fresh key where the operation demands one; `none` sends none. @default 'auto' */
  readonly key?: string | 'auto' | 'none'
  /** The key header spelled by hand, instead of `key`. */
  readonly keyLines?: readonly string[]
  /** `none` sends no Content-Type. @default that of the operation */
  readonly mediaType?: string
  readonly headers?: readonly HeaderLine[]
  readonly url?: string
  /** The name in the path of a PUT. @default the one in the body, else a fresh one */
  readonly name?: string
  /** Whether what the recipe sends besides, such as `If-None-Match: *`, is left out. @default false */
  readonly bare?: boolean
  /** @default the run's own principal */
  readonly as?: Stranger
}

/** How this target is asked to create, as found out by the first request that it accepted. */
export interface Recipe {
  readonly url: string
  readonly minimal: boolean
  /** A body from the document's examples, when no generated one was accepted. */
  readonly example?: unknown
  readonly with: Readonly<Record<string, unknown>>
  /** Whether a create without a key is refused. */
  readonly needsKey: boolean
  readonly keyStyle: 'bare' | 'quoted'
  /** Header lines that the target demands of a create. */
  readonly headers?: readonly HeaderLine[]
}

/** Where one operation is put to the test: its tools, and the memory of the experiments that were run. */
export interface Lab {
  readonly operation: Operation
  readonly ask: Ask
  /** What an experiment found out that was asked for before; nothing is sent. Undefined also where it broke. */
  known<T>(experiment: Experiment<T>): Promise<T | undefined>
  readonly bodies: Bodies
  /** The values of path parameters: the ids of parents created for the run. */
  readonly parents: Readonly<Record<string, string>>
  /** References to other resources that bodies should carry, by member. */
  readonly references: Readonly<Record<string, unknown>>
  readonly races: number
  /** How many requests that disturb nobody may be under way at once. */
  readonly concurrency: number
  recipe: Recipe
  /** The answers that told to come back later: 429 and 503, and 202 or a redirection with Retry-After. */
  readonly temporary: readonly Answer[]
  /** True once the target has answered 429: what it answers from then on may be about our pace. */
  readonly limited: boolean
  /** The status of every answer with 5xx, by exchange. */
  readonly serverErrors: ReadonlyMap<number, number>
  /** How bodies have to be made to be of the kind that the target accepts. */
  readonly likeAccepted: ValidBodyOptions
  /** Where a body is sent: for a PUT the URL of the name in the body, or of a fresh one. */
  urlOf(body: unknown): string
  /** A fresh body of the kind that the target accepts. */
  newBody(options?: ValidBodyOptions): unknown
  /** A fresh item of a batch. */
  newItem(): unknown
  marks(body: unknown): ReadonlySet<string>
  /** Every string of every body that was accepted so far, to tell what a rejected one may share with them. */
  readonly acceptedStrings: ReadonlySet<string>
  /** How many creates were accepted so far. */
  readonly accepted: number
  /** The creates whose answers need not tell what they made: those that were only accepted (202), and batches. */
  readonly untold: readonly Attempt[]
  /** Every create that was answered with 5xx so far. */
  readonly broken: readonly Attempt[]
  readonly lists: ListMemory
  /** Whether a monitor, or what one led to, was waited for in vain: nobody waits as long for the next. */
  readonly monitors: { hopeless: boolean; lost: boolean }
  /** Who else can call. */
  readonly principals: Principals
  /** A lab for another creation of the target, where there is one that can be tried. */
  readonly neighbour?: () => Lab | undefined
  /** Whether the run may send what looks like an attack. */
  readonly hostile: boolean
  /** The API's process, where the run started it itself and may kill it. */
  readonly power?: ApiProcess
  /** Writes down something of ours that was found without an answer that told of it. */
  adopt(item: unknown, exchange: number, name?: string): void
  post(draft: Draft): Promise<Attempt>
  tryPost(draft: Draft): Promise<Tried>
  racePosts(drafts: readonly Draft[]): Promise<Tried[]>
  postAndHangUp(draft: Draft): Promise<Exchange>
  get(url: string, as?: Stranger): Promise<Answer>
  send(request: OutgoingRequest): Promise<Answer>
  trySend(request: OutgoingRequest): Promise<Exchange>
  sleep(ms: number): Promise<void>
  /** Whether nothing is sent, so that to look again shows no more than was recorded. */
  readonly isRecorded: boolean
}
