import { type CompiledSchema, compileSchema } from '../target/compile-schema.ts'
import { naturalKeyOf } from '../target/find-natural-key.ts'
import { isRecord, type JsonObject } from '../target/is-record.ts'
import type { Creation } from '../target/target.ts'
import type { Fresh } from './fresh.ts'
import { generateValue } from './generate-value.ts'
import { pointerStep, valueAt, withValueAt } from './pointer.ts'

export interface ValidBodyOptions {
  /** Only the required members. @default false */
  readonly minimal?: boolean
  /** Members that get these values; a name that begins with `/` is a JSON Pointer. */
  readonly with?: Readonly<Record<string, unknown>>
  /** A previous body whose natural key is taken over, to create a duplicate. */
  readonly keep?: unknown
}

/** A body that the schema accepts (`undefined` for an operation without one), or why there is none. */
export type ValidBody =
  | { readonly kind: 'valid'; readonly body: unknown }
  | { readonly kind: 'impossible'; readonly reason: string }

// Each attempt takes other branches and other values of enums; what eight did not reach needs more than luck.
const ATTEMPTS = 8

/**
 * Makes a valid body for a creation, with values that no other body of the run has. The schema's own validator has
 * the last word: what it refuses is not handed out.
 *
 * @example
 * const made = validBody(creation, createFresh(42))
 * if (made.kind === 'valid') await post(creation.path, made.body)
 */
export function validBody(creation: Creation, fresh: Fresh, options: ValidBodyOptions = {}): ValidBody {
  if (creation.body === undefined) return { kind: 'valid', body: undefined }
  const { schema, examples } = creation.body
  const judge = tryCompile(schema)
  if (typeof judge === 'string') return { kind: 'impossible', reason: judge }
  const key = naturalKeyOf(creation)
  const changes = changesOf(key, options)
  const idNames = new Set(['id', '_id', ...(creation.read === undefined ? [] : [creation.read.idParameter])])
  let faults: string[] = []
  for (const minimal of options.minimal ? [true] : [false, true]) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const generation = { root: schema, fresh, minimal, attempt, uniqueNames: new Set(key), idNames }
      const made = generateValue(schema, { name: '', depth: 0, hint: examples[0] }, generation)
      const body = changes.reduce((value, [pointer, member]) => withValueAt(value, pointer, member), made)
      const found = judge.faults(body)
      if (found.length === 0) return { kind: 'valid', body }
      faults = found.map((fault) => `${fault.pointer || 'the body'} ${fault.message}`)
    }
  }
  const example = examples.find((candidate) => changes.length === 0 && judge.accepts(candidate))
  if (example !== undefined) return { kind: 'valid', body: freshen(example, fresh, judge) }
  return { kind: 'impossible', reason: `no body was found that the schema accepts: ${faults.slice(0, 3).join('; ')}` }
}

/** Both ways to ask for given values, as JSON Pointers with values. */
function changesOf(key: readonly string[], options: ValidBodyOptions): readonly (readonly [string, unknown])[] {
  const kept =
    options.keep === undefined
      ? []
      : key.map((name) => [toPointer(name), valueAt(options.keep, toPointer(name))] as const)
  const given = Object.entries(options.with ?? {}).map(([name, value]) => [toPointer(name), value] as const)
  return [...kept.filter(([, value]) => value !== undefined), ...given]
}

/** Natural keys name members (`email`), or places deeper in the body (`address.zip`, `/address/zip`). */
function toPointer(name: string): string {
  return name.startsWith('/') ? name : name.split('.').map(pointerStep).join('')
}

function tryCompile(schema: JsonObject): CompiledSchema | string {
  try {
    return compileSchema(schema)
  } catch (cause) {
    return `the schema of the body cannot be used: ${(cause as Error).message}`
  }
}

/** An example with its free texts replaced where the schema lets them. */
function freshen(example: unknown, fresh: Fresh, judge: CompiledSchema): unknown {
  if (!isRecord(example)) return example
  let body: unknown = example
  for (const [name, value] of Object.entries(example)) {
    if (typeof value !== 'string') continue
    const changed = withValueAt(body, pointerStep(name), fresh.text())
    if (judge.accepts(changed)) body = changed
  }
  return body
}
