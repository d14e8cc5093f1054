import type { CreationRequest } from './creation-request.ts'
import type { Handled } from './handled.ts'
import { checkHeader } from './headers/check-header.ts'
import { preferredReturn } from './headers/prefer.ts'
import { checkLocation, toPublicLocation } from './location/check-location.ts'
import type { Plan } from './plan.ts'
import { type Rejection, rejected } from './rejection.ts'
import type { Outcome } from './to-outcome.ts'

/**
 * Builds the whole answer and checks every part of it, still inside the transaction: what is wrong here rolls back.
 * An existing resource under the policy `reject` becomes 409; `existing` links it, since `create` or `find` showed it.
 */
export function buildAnswer<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  outcome: Outcome<Row>,
  request: CreationRequest<Native>,
  input: Input,
): Extract<Handled, { kind: 'answered' }> | Rejection {
  const { settings } = plan
  const location = locate(plan, outcome, request, input)
  if (typeof location === 'object') return location
  if (outcome.kind === 'existing') {
    if (settings.duplicates === 'allow') {
      throw new TypeError(`create() of ${settings.operation} returned existing(), but its duplicate policy is 'allow'.`)
    }
    if (settings.duplicates.policy === 'reject') {
      const { naturalKey } = settings.duplicates
      return rejected('duplicate-resource', `A resource with the same ${naturalKey.join(', ')} exists.`, {
        members: { fields: naturalKey, existing: location },
      })
    }
  }

  const headers: Record<string, string> = { 'Content-Type': 'application/json', Location: location }
  if (outcome.kind === 'existing') headers['Content-Location'] = location
  const { etag, represent } = settings
  const preference = preferredReturn(request.headers['prefer'])
  const isMinimal = preference === 'minimal'
  const shown = represent === undefined || (isMinimal && etag === undefined) ? outcome.row : represent(outcome.row)
  if (etag !== undefined) headers['ETag'] = checkEtag(etag(outcome.row, shown))
  if (outcome.headers !== undefined) addHeaders(headers, outcome.headers)

  const status = outcome.kind === 'created' ? 201 : 200
  const event = outcome.kind === 'created' ? 'creation.created' : 'creation.existing'
  if (preference !== undefined) headers['Preference-Applied'] = `return=${preference}`
  if (isMinimal) {
    delete headers['Content-Type']
    // It would say that nothing at all is the representation (RFC 9110 §8.7).
    delete headers['Content-Location']
    return { kind: 'answered', event, answer: { status, headers } }
  }
  return { kind: 'answered', event, answer: { status, headers, body: toText(settings.operation, shown) } }
}

function toText(operation: string, shown: unknown): string {
  const body: string | undefined = JSON.stringify(shown)
  if (body !== undefined) return body
  throw new TypeError(`${operation}: the representation of the created row is nothing that JSON can say.`)
}

function locate<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  outcome: Outcome<Row>,
  request: CreationRequest<Native>,
  input: Input,
): string | Rejection {
  const own = ownLocation(outcome.headers)
  const { location } = plan.settings
  if (own === undefined && plan.template !== undefined) {
    const expanded = plan.template.expand(variablesOf(request.params, outcome.row))
    if (expanded.kind === 'location') return toPublicLocation(expanded.path, plan.publicBaseUrl)
    return notAddressable(plan, expanded.variable, expanded.reason, outcome.row, request.params, input)
  }
  const written = own ?? (location as Exclude<typeof location, string>)(outcome.row, { params: request.params })
  const checked = checkLocation(written, plan.publicBaseUrl)
  if (checked.kind === 'refused') {
    throw new TypeError(
      `${plan.settings.operation}: the Location ${checked.reason}. Build it with path\`/orders/\${id}\`.`,
    )
  }
  return checked.value.startsWith('/') ? toPublicLocation(checked.value, plan.publicBaseUrl) : checked.value
}

/** The row's members, and the path's where the row has none of the name; without parameters, no copy is made. */
function variablesOf(params: CreationRequest['params'], row: unknown): Readonly<Record<string, unknown>> {
  for (const _ in params) return { ...params, ...(row as object) }
  return row as Record<string, unknown>
}

function ownLocation(headers: Outcome<unknown>['headers']): string | undefined {
  for (const name in headers) if (name.toLowerCase() === 'location') return headers[name]
  return undefined
}

/** A value that no path segment can hold: the client's to mend where it sent it, otherwise a fault of ours. */
function notAddressable<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  variable: string,
  reason: string,
  row: Row,
  params: CreationRequest['params'],
  input: Input,
): Rejection {
  const value = variablesOf(params, row)[variable]
  if (value !== undefined && value === params[variable]) {
    return rejected('parent-not-found', `No resource has this address: the path's ${variable} ${reason}.`)
  }
  const sent = (input as Record<string, unknown> | null)?.[variable]
  if (sent !== undefined && sent === value) {
    return rejected('invalid-input', 'One member is not valid.', {
      status: plan.invalidStatus,
      members: { errors: [{ pointer: `/${variable}`, detail: `cannot be part of an address: ${reason}` }] },
    })
  }
  throw new TypeError(
    `${plan.settings.operation}: no Location can be made, since ${variable} ${reason}. There are ${namesIn(row, params)}.`,
  )
}

/** What a location could be made of, for the one who misspelled it. */
function namesIn(row: unknown, params: CreationRequest['params']): string {
  if (row instanceof Promise) return 'no members in a promise: await the row before created(row)'
  const list = (names: readonly string[]) => names.slice(0, 20).join(', ') || 'none'
  return `as members of the row: ${list(Object.keys(Object(row)))}; as parameters of the route: ${list(Object.keys(params))}`
}

// RFC 9110 §8.8.3.
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/

function checkEtag(etag: string): string {
  if (ETAG.test(etag)) return etag
  throw new TypeError(`An ETag is a quoted string such as "5" or W/"5"; etag() returned ${JSON.stringify(etag)}.`)
}

function addHeaders(headers: Record<string, string>, extra: Readonly<Record<string, string>>): void {
  for (const name in extra) {
    if (name.toLowerCase() === 'location') continue
    headers[name] = checkHeader(name, extra[name]!)
  }
}
