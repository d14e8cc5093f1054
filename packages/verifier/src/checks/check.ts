import type { Level } from '../evidence/level.ts'
import type { Verdict } from '../evidence/verdict.ts'
import type { Ask } from '../experiments/experiment.ts'
import type { Operation } from '../experiments/operation.ts'
import type { GuidelineName } from '../guidelines/guidelines.ts'

/** What kind of source a check rests on. */
export type Basis = 'standard' | 'guideline' | 'derived' | 'convention'

/** The part of creation that a check is about. */
export type Group =
  | 'success'
  | 'location'
  | 'representation'
  | 'validation'
  | 'media types and methods'
  | 'duplicates'
  | 'idempotency'
  | 'concurrency'
  | 'errors'
  | 'conditional requests'
  | 'asynchronous creation'
  | 'bulk creation'
  | 'security'
  | 'operations'
  | 'documentation'
  /** Checks of the user's own. */
  | 'own'

/** By which a resource can be created. */
export type CreationMethod = 'POST' | 'PUT'

/** One rule of creation and how it is judged. */
export interface Check {
  /** Stable, kebab-case; the page is `docs/reference/checks/<id>.md`. */
  readonly id: string
  readonly group: Group
  /** What holds when the check passes. */
  readonly title: string
  /** The level of its findings, unless a verdict lowers it. */
  readonly level: Level
  readonly basis: Basis
  /** The texts it rests on. */
  readonly source: string
  /** The guidelines whose rule it is; it is run only by them, and its id begins with their name. @default all */
  readonly guidelines?: readonly GuidelineName[]
  /**
   * How often a red verdict is tried again with fresh data; one red among them confirms it. A race is not lost
   * every time. None where an answer that was given shows by itself what is wrong, alone or beside the document: it
   * stays given, whatever comes next. A finding may say otherwise for itself. @default 1
   */
  readonly confirmations?: number
  /** The methods of creation for which the rule holds. @default ['POST'] */
  readonly methods?: readonly CreationMethod[]
  /** It needs the target for itself: it runs after all others, on one operation at a time. @default false */
  readonly alone?: boolean
  /** Whether it judges operations that create several at once; all others judge those that create one. @default false */
  readonly ofBatches?: boolean
  /**
   * It judges how the target says that it cannot answer now (429, 503), so that such answers leave no doubt about its
   * verdict, as they do about all others. @default false
   */
  readonly isAboutAvailability?: boolean
  run(ask: Ask, operation: Operation): Promise<Verdict>
}
