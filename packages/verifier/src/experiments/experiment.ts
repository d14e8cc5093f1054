import type { Lab } from './lab.ts'

/**
 * A named interaction with the target. Within one lab it runs once, however many checks ask for it; a fresh lab
 * runs it again with fresh data.
 */
export interface Experiment<T> {
  readonly name: string
  run(lab: Lab): Promise<T>
}

/** How checks come by evidence: the only way, for they never open a connection. */
export type Ask = <T>(experiment: Experiment<T>) => Promise<T>
