import type { VerifyOptions } from '../../src/index.ts'
import type { Framework } from './read-fix-page.ts'
import type { Promises } from './to-document.ts'

/** How the programs of a page are judged. */
export interface Proof {
  /** What the document promises. @default the program serves a document of its own, at /openapi.json */
  readonly promises?: Promises
  /** What the run needs beside the document. */
  readonly run?: Pick<VerifyOptions, 'headers' | 'otherHeaders' | 'hostile' | 'sleep'>
  /** The program is a process of its own, which the run kills and starts again. */
  readonly isKilled?: true
  readonly unseen?: readonly Unseen[]
  /** Checks that send what a check of the page only looks at. */
  readonly beside?: readonly string[]
}

/** A check that passes with the fix, and that the wrong program does not make red either. */
export interface Unseen {
  readonly check: string
  /** @default in all */
  readonly framework?: Framework
  readonly because: string
  /** What it says with the fix. @default pass */
  readonly afterwards?: string
}

const reject = { creation: { duplicates: 'reject', naturalKey: ['name'] }, statuses: ['409'] }

// The programs of these work on their own clock, in another process.
const inRealTime = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** One proof for each cause. */
export const proofs: Readonly<Record<string, Proof>> = {
  'default-answer': { promises: {} },
  'unique-violation-uncaught': { promises: reject },
  'key-ignored': { promises: { key: 'optional' } },
  'location-by-hand': {
    // A name with a space is what breaks a Location that is not encoded.
    promises: { properties: { name: { type: 'string', pattern: '^[a-z]{4,12} [a-z]{4,12}$' } } },
    unseen: [
      { check: 'location-well-formed', framework: 'Flask', because: 'Werkzeug encodes what is no URI reference' },
    ],
  },
  'location-of-the-collection': { promises: {} },
  'location-from-the-socket': { promises: {}, run: { hostile: true } },
  'location-of-a-name': {
    promises: {},
    unseen: [
      { check: 'location-no-crlf', framework: 'Flask', because: 'Werkzeug encodes what would break the header' },
    ],
  },
  'headers-hidden': { promises: {} },
  'caller-not-asked': {
    promises: { creation: { private: true } },
    run: {
      headers: [['Authorization', 'Bearer secret-one']],
      otherHeaders: [['Authorization', 'Bearer secret-two']],
    },
  },
  'echo-instead-of-row': { promises: {} },
  'stored-otherwise': {
    // Small amounts survive a float of 32 bits, and so do usual names a column of 60 characters.
    promises: { properties: { price: { type: 'integer', minimum: 0, maximum: 100_000_000_000 } }, required: ['price'] },
  },
  'whole-body-stored': { promises: {} },
  'input-unchecked': { promises: {} },
  'one-fault-at-a-time': {
    promises: { properties: { quantity: { type: 'integer', minimum: 0 } }, required: ['quantity'] },
  },
  'written-too-early': {
    promises: {},
    unseen: [
      {
        check: 'error-before-effect',
        because: 'these programs refuse after the write, and nothing in them throws',
        afterwards: 'skip: no create was answered with 5xx',
      },
    ],
  },
  'parent-unchecked': { promises: { parent: true } },
  'lenient-parser': { promises: {} },
  'errors-as-500': { promises: {}, run: { hostile: true } },
  'method-not-routed': { promises: {} },
  'redirect-of-the-post': { promises: {} },
  'failure-with-200': { promises: {} },
  'found-answered-as-created': {
    promises: { creation: { duplicates: 'return-existing', naturalKey: ['name'] }, statuses: ['200'] },
    unseen: [
      {
        check: 'existing-has-location',
        because: 'an answer of 201 does not say that it is about an existing resource',
      },
    ],
  },
  'upsert-says-nothing': { promises: { put: true } },
  'tag-of-another-copy': { promises: { put: true } },
  'condition-before-checks': { promises: { put: true } },
  'conflict-without-words': { promises: reject },
  'record-without-answer': {
    promises: { key: 'optional', properties: { quantity: { type: 'integer', minimum: 0 } }, required: ['quantity'] },
  },
  'key-taken-as-it-comes': { promises: { key: 'required' } },
  'ids-from-the-clock': { promises: {} },
  'stale-list': { promises: {} },
  'preference-refused': { promises: {} },
  'answered-before-made': { promises: { statuses: ['202'] }, run: { sleep: inRealTime } },
  'accepted-without-monitor': { promises: { statuses: ['202'] }, run: { sleep: inRealTime } },
  'loop-without-transaction': { promises: { several: true } },
  'results-without-items': { promises: { several: true } },
  'looked-up-for-everybody': {
    promises: {
      key: 'optional',
      creation: { duplicates: 'reject', naturalKey: ['name'] },
      statuses: ['409'],
      properties: { note: { type: 'string', minLength: 1 } },
      required: ['note'],
    },
    run: {
      headers: [['Authorization', 'Bearer secret-one']],
      otherHeaders: [['Authorization', 'Bearer secret-two']],
    },
  },
  'forgotten-too-early': { promises: { key: 'optional', creation: { idempotency: 'optional', retention: 'PT10S' } } },
  'created-by-any-method': { promises: {} },
  'row-shown-whole': {
    promises: {
      properties: { password: { type: 'string', minLength: 12, maxLength: 100, writeOnly: true } },
      required: ['password'],
    },
  },
  'any-type-is-json': { promises: {}, run: { headers: [['Cookie', 'session=secret-one']] } },
  'lists-by-hand': { promises: {} },
  'key-on-every-request': { promises: { key: 'optional' } },
  'written-behind': { promises: {}, isKilled: true },
  'row-before-key': { promises: { key: 'required' }, isKilled: true },
  'key-before-row': { promises: { key: 'required' }, isKilled: true },
  'document-by-hand': {},
  'key-undocumented': {},
  'preference-not-named': { promises: {}, run: { sleep: inRealTime } },
  'one-schema-for-both': {},
  'wish-not-in-vary': { promises: {} },
  // No limit is provoked by the check itself. The race meets it.
  'wait-in-fractions': { promises: {}, beside: ['ids-unique-under-load'] },
  'deleted-nothing': { promises: { deletable: true } },
}
