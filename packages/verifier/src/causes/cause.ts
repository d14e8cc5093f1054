/** One thing that people get wrong, which one change repairs, however many checks see it. */
export interface Cause {
  /** Stable, kebab-case; the page with the fix is `docs/reference/fixes/<id>.md`. */
  readonly id: string
  /** What is wrong, as the heading of its page. */
  readonly title: string
  /** The ids of the checks that it makes red; each check has one cause. */
  readonly checks: readonly string[]
}
