import type { Promises } from './to-document.ts'

/** How the programs of a page are judged. */
export interface Proof {
  readonly promises: Promises
  /** Checks that the fix turns green and that the wrong program does not make red, with the reason. */
  readonly unseen?: Readonly<Record<string, string>>
}

/** One proof for each cause. */
export const proofs: Readonly<Record<string, Proof>> = {
  'default-answer': { promises: {} },
  'unique-violation-uncaught': {
    promises: { creation: { duplicates: 'reject', naturalKey: ['name'] }, statuses: ['409'] },
  },
  'key-ignored': { promises: { key: 'optional' } },
}
