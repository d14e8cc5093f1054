import { defineCommand, type Step } from './statement.ts'

/** How transactions of the library's own begin, whatever the database has as its default. */
export const BEGIN: Step = defineCommand('begin isolation level read committed read write', false)

/** A transaction in the way that the database has as its default. */
export const BEGIN_PLAIN: Step = defineCommand('begin', false)

/** The end of a transaction that keeps what it did. */
export const COMMIT: Step = defineCommand('commit', false)
