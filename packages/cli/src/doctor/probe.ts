import type { ChosenProfile } from '../config/choose-profile.ts'

/** What a probe saw of one thing that it looked at. */
export type Reading = {
  /** What was looked at: a file, a variable, a server. Empty where there is only one. */
  readonly subject: string
  /** What was seen, in a few words; secrets in it are masked by whoever shows it. */
  readonly seen: string
  /** How to mend this one, where it differs from what the probe says of all. */
  readonly mend?: string
} & {
  readonly kind:
    | 'good'
    /** It works and is not as it should be; it does not fail the run. */
    | 'warning'
    | 'bad'
    /** It could not be looked at: something that comes before it is bad, or a tool is missing. */
    | 'unknown'
}

/** What the probes share: the profile, and the parts of the world that tests replace. */
export interface Surroundings extends ChosenProfile {
  readonly environment: NodeJS.ProcessEnv
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Milliseconds that one look at the network may take. */
  readonly timeoutMs: number
  /** Whether the API is still to be started: its ports have to be free, and nothing is asked of it. @default false */
  readonly beforeStart?: boolean
}

/** One prerequisite: what is needed, how it is seen, why, and how to mend it. The table of them is the documentation. */
export interface Probe {
  readonly id: string
  /** What is needed, as a sentence: `PostgreSQL answers`. */
  readonly needs: string
  /** How it is seen. */
  readonly how: string
  /** Why it matters. */
  readonly why: string
  /** What to do when it is bad. */
  readonly mend: string
  /** Whether it looks at the running API, and is left out before that is started. @default false */
  readonly needsApi?: boolean
  /** Looks; no reading means that the profile asks nothing of this probe. What it throws is a reading of kind `unknown`. */
  look(surroundings: Surroundings): Promise<readonly Reading[]> | readonly Reading[]
}
