import type { Report } from './report.ts'

/**
 * A reporter of the user's own: makes a text of a report, or writes a file itself and returns nothing. Texts in a report
 * come from the target: they are to be escaped for wherever they go.
 */
export type Reporter = (report: Report) => string | undefined | Promise<string | undefined>
