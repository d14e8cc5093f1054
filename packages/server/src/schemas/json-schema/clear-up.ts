import type { AjvError } from './ajv.ts'
import type { Closed } from './close-objects.ts'
import { reachable, type SchemaObject } from './subschemas.ts'
import { pathOf } from './to-issue.ts'

const ALTERNATIVES = ['anyOf', 'oneOf']

/**
 * Leaves the errors that a client can act on. Of alternatives, only those of the one that was meant are kept, where that
 * can be told; else one error says that none matches. What only repeats others is left out.
 */
export function clearUp(root: SchemaObject, errors: readonly AjvError[], closed: Closed): AjvError[] {
  const dropped = new Set<AjvError>()
  const replaced = new Map<AjvError, AjvError>()
  // From the last: an outer alternative is reported after the inner ones that it may drop.
  for (const error of errors.toReversed()) {
    if (dropped.has(error) || !ALTERNATIVES.includes(error.keyword) || !Array.isArray(error.schema)) continue
    if (Array.isArray(error.params['passingSchemas'])) continue
    choose(root, error, errors, dropped, replaced)
  }
  const left = errors.filter((error) => !dropped.has(error) && error.keyword !== 'if' && !isRepeated(error, errors))
  const isFaulty = left.some((error) => !isOurs(error, closed))
  return (
    left
      // A part that fails leaves its members unknown; they are not what is wrong.
      .filter((error) => !isFaulty || error.keyword !== 'unevaluatedProperties' || !closed.names.has(unknownOf(error)))
      .map((error) => replaced.get(error) ?? error)
  )
}

/** Whether the error is about a member that is unknown only because objects were closed. */
export function isOurs(error: AjvError, closed: Closed): boolean {
  return unknownOf(error) !== '' && closed.schemas.has(error.parentSchema!)
}

function unknownOf({ keyword, params }: AjvError): string {
  if (keyword !== 'additionalProperties' && keyword !== 'unevaluatedProperties') return ''
  return String(params['additionalProperty'] ?? params['unevaluatedProperty'])
}

/** The summary of `propertyNames` comes with what is wrong with the name. */
function isRepeated({ keyword, params, instancePath }: AjvError, errors: readonly AjvError[]): boolean {
  return (
    keyword === 'propertyNames' &&
    errors.some((other) => other.propertyName === params['propertyName'] && other.instancePath === instancePath)
  )
}

function choose(
  root: SchemaObject,
  summary: AjvError,
  errors: readonly AjvError[],
  dropped: Set<AjvError>,
  replaced: Map<AjvError, AjvError>,
): void {
  const branches = (summary.schema as SchemaObject[]).map((branch) => {
    const schemas = reachable(root, branch)
    return errors.filter(
      (error) =>
        error !== summary && schemas.has(error.parentSchema!) && isBelow(error.instancePath, summary.instancePath),
    )
  })
  const meant = branches.filter((branch) => !branch.some((error) => tellsApart(error, summary)))
  const kept = meant.length === 1 ? meant[0]! : []
  for (const error of branches.flat()) if (!kept.includes(error)) dropped.add(error)
  if (kept.length > 0) {
    dropped.add(summary)
    return
  }
  const common = inCommon(branches, summary)
  if (common !== undefined) replaced.set(summary, common)
}

/** All alternatives ask for another type, or another value of the same member: then these are what may be given. */
function inCommon(branches: readonly (readonly AjvError[])[], { instancePath }: AjvError): AjvError | undefined {
  if (branches.every(([only, more]) => only?.keyword === 'type' && only.instancePath === instancePath && !more))
    return { ...branches[0]![0]!, params: { type: branches.flatMap(([only]) => only!.params['type']) } }
  const values = branches.map((branch) => branch.find(({ keyword }) => keyword === 'const' || keyword === 'enum'))
  const [first] = values
  if (first === undefined || values.some((value) => value?.instancePath !== first.instancePath)) return undefined
  return { ...first, keyword: 'enum', schema: values.flatMap((value) => value!.schema) }
}

/** Another type, or another value of a member such as `kind`: then this branch was not meant. */
function tellsApart(error: AjvError, { instancePath }: AjvError): boolean {
  if (error.keyword === 'type') return error.instancePath === instancePath
  if (error.keyword !== 'const' && error.keyword !== 'enum') return false
  return pathOf(error).length <= pathOf({ ...error, instancePath }).length + 1
}

function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`)
}
