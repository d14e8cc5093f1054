/** One thing that was seen of an environment, in a form that is the same where environments may differ rightly. */
export interface Fact {
  /** An operation, `document` or `health`. */
  readonly subject: string
  /** What of it: `create status`. */
  readonly name: string
  /** What is compared. */
  readonly value: string
  /** What is shown, where that says more. */
  readonly shown?: string
}

/** A fact that two environments do not share; undefined where there is none on that side. */
export interface Difference {
  readonly subject: string
  readonly name: string
  readonly one: string | undefined
  readonly other: string | undefined
}
