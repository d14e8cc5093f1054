import type { Copy, ScoreTarget } from '../../score/target.ts'
import { hasFlask, type PythonOptions, startPython } from './start-python.ts'

const words: Readonly<Record<Copy, unknown>> = {
  'own words': { prefix: '/api', collection: 'items', ids: 'integer', members: {} },
  'other words': {
    prefix: '/v4/desk',
    collection: 'parcels',
    ids: 'uuid',
    members: {
      id: 'parcel_id',
      code: 'barcode',
      title: 'heading',
      price: 'postage',
      stock: 'pieces',
      note: 'hint',
      status: 'stage',
      created_at: 'received_at',
    },
  },
}

const race = 'unique-race-single-winner'
const replay = 'idem-replay-keeps-headers'

/** Fault of faults.py, the keys of the service, what must find it, and what may. */
const faults: readonly (readonly [string, PythonOptions['keys'], string, string?])[] = [
  ['200 to a create', 'none', 'created-status-201', 'doc-201-and-location'],
  ['no Location', 'none', 'location-present', 'prefer-handled'],
  ['Location of the class', 'none', 'location-well-formed', 'location-resolves body-describes-created'],
  ['Location without the prefix', 'none', 'location-resolves', 'location-public-origin'],
  ['Location of the collection', 'optional', 'location-identifies-created'],
  ['Location on the bound address', 'none', 'location-public-origin'],
  ['an echo for an answer', 'none', 'body-equals-get'],
  ['text without accents', 'none', 'unicode-roundtrip'],
  ['text that is cut', 'none', 'input-roundtrip'],
  ['zero taken for absent', 'none', 'number-precision-kept'],
  ['prices as integers', 'none', 'input-roundtrip'],
  ['no check of types', 'none', 'invalid-is-4xx', 'input-roundtrip'],
  ['no check of lengths', 'none', 'invalid-is-4xx'],
  ['no check of ranges', 'none', 'invalid-is-4xx'],
  ['KeyError for a missing member', 'none', 'invalid-is-4xx'],
  ['TypeError for a wrong type', 'none', 'invalid-is-4xx'],
  ['any media type is JSON', 'none', 'unsupported-media-415'],
  ['broken JSON is an empty form', 'none', 'malformed-is-400'],
  ['a debug page', 'none', 'errors-no-internals', 'problem-details-valid conflict-409-explains'],
  ['405 without Allow', 'none', 'method-405-allow'],
  ['duplicates are created', 'none', 'duplicate-policy-enforced', race],
  ['IntegrityError for a duplicate', 'none', 'duplicate-policy-enforced', race],
  ['get_or_create with 201', 'none', 'no-201-without-creation', `duplicate-policy-enforced ${race}`],
  ['looks before it inserts', 'none', race],
  ['ids by len()', 'none', 'ids-unique-under-load', `location-identifies-created ${race}`],
  ['a replay without Location', 'optional', replay],
  ['a replay with 200', 'required', replay],
  ['another payload gets the first result', 'optional', 'idem-payload-mismatch'],
  ['the fingerprint is of the bytes', 'optional', 'idem-fingerprint-canonical'],
  ['keys are cut', 'required', 'idem-key-bounds'],
  ['refusals are kept', 'optional', 'idem-error-not-poisoning', 'idem-payload-mismatch'],
]

/** The targets that are written in Python, for its own server and, where it is installed, every second one for Flask. */
export function pythonTargets(): ScoreTarget[] {
  const flask = hasFlask()
  const hostOf = (at: number): PythonOptions['host'] => (flask && at % 2 === 1 ? 'flask' : 'http.server')
  const target = (
    fault: string | undefined,
    keys: PythonOptions['keys'],
    at: number,
  ): Pick<ScoreTarget, 'name' | 'start'> => ({
    name: `${fault ?? `right: ${keys} keys`} (Python, ${hostOf(at)})`,
    start: (copy) =>
      startPython({ host: hostOf(at), keys, words: words[copy], ...(fault === undefined ? {} : { fault }) }),
  })
  const split = (text: string) => text.split(' ').filter((word) => word !== '')
  const right = (['none', 'optional', 'required'] as const).flatMap((keys) =>
    [0, 1].map((at) => ({ ...target(undefined, keys, at), finds: [], also: [] })),
  )
  return [
    ...(flask ? right : right.filter((_, at) => at % 2 === 0)),
    ...faults.map(([fault, keys, finds, also = ''], at) => ({
      ...target(fault, keys, at),
      finds: split(finds),
      also: split(also),
    })),
  ]
}
