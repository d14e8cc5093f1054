import type { Parameter } from '@createonce/verifier/document'
import type { ListQuery } from '../rows/rows.ts'
import { type ParameterKind, parameterKind } from './parameter-kinds.ts'

/** A list as it was asked for. */
export interface Asked {
  readonly kind: 'asked'
  readonly query: ListQuery
  /** The page that it is, from 1, and the names by which the next one is asked for. */
  readonly next: { readonly name: string; readonly by: 'offset' | 'page' | 'cursor'; readonly at: number }
}

/** What of it cannot be read, or is not served. */
export interface NotAsked {
  readonly kind: 'invalid' | 'unserved'
  readonly name: string
  readonly detail: string
}

/** Pages are this long where neither the document nor the request says it. */
const DEFAULT_LIMIT = 100
/** No page is longer. */
const MAX_LIMIT = 1_000

/**
 * Reads the query of a list: how long a page is, where it begins, and which members have to be equal to what. A
 * parameter that is none of these is refused as not served: a list that ignored a search would answer what was not asked.
 */
export function readListQuery(
  query: URLSearchParams,
  declared: readonly Parameter[],
  isMember: (name: string) => boolean,
): Asked | NotAsked {
  const parameters = declared.filter((parameter) => parameter.in === 'query')
  const kindOf = (name: string): ParameterKind | undefined => {
    const kind = parameterKind(name)
    // `size` of a shoe is a member; a document that means the page declares it.
    return kind !== undefined && isMember(name) && !parameters.some((one) => one.name === name) ? undefined : kind
  }
  const filters: { member: string; value: string }[] = []
  let limit = defaultLimit(parameters)
  let offset: number | undefined
  let before: number | undefined
  let next: Asked['next'] | undefined
  let page: { readonly name: string; readonly at: number; readonly first: number } | undefined
  for (const [name, value] of query) {
    const kind = kindOf(name)
    if (kind === 'harmless') continue
    if (kind === undefined) {
      if (!isMember(name)) return unserved(name)
      filters.push({ member: name, value })
      continue
    }
    if (value === '' && kind === 'cursor') continue
    const number = readNumber(value)
    if (number === undefined || (kind === 'limit' && number === 0)) return notANumber(name, value, kind)
    if (kind === 'limit') limit = Math.min(number, maxLimit(parameters))
    else if (kind === 'cursor') {
      before = number
      next = { name, by: 'cursor', at: number }
    } else if (kind === 'offset') {
      offset = number
      next = { name, by: 'offset', at: number }
    } else {
      const first = firstPage(parameters.find((one) => one.name === name))
      if (number < first) return notANumber(name, value, kind)
      page = { name, at: number, first }
    }
  }
  if (page !== undefined) {
    offset = (page.at - page.first) * limit
    next = { name: page.name, by: 'page', at: page.at }
  }
  return {
    kind: 'asked',
    query: { filters, limit, ...(before !== undefined && { before }), ...(offset !== undefined && { offset }) },
    next: next ?? firstOf(parameters),
  }
}

/** By which parameter the second page is asked for, where the request names none. */
function firstOf(parameters: readonly Parameter[]): Asked['next'] {
  for (const by of ['cursor', 'page', 'offset'] as const) {
    const declared = parameters.find(({ name }) => parameterKind(name) === by)
    if (declared !== undefined) return { name: declared.name, by, at: by === 'page' ? firstPage(declared) : 0 }
  }
  return { name: 'after', by: 'cursor', at: 0 }
}

/** Spring counts pages from 0, most others from 1; a default or a minimum tells. */
function firstPage(parameter: Parameter | undefined): number {
  const { default: first, minimum } = parameter?.schema ?? {}
  return first === 0 || (first === undefined && minimum === 0) ? 0 : 1
}

function defaultLimit(parameters: readonly Parameter[]): number {
  const declared = parameters.find(({ name }) => parameterKind(name) === 'limit')?.schema['default']
  const isUsable = typeof declared === 'number' && Number.isSafeInteger(declared) && declared > 0
  return Math.min(isUsable ? declared : DEFAULT_LIMIT, maxLimit(parameters))
}

function maxLimit(parameters: readonly Parameter[]): number {
  const maximum = parameters.find(({ name }) => parameterKind(name) === 'limit')?.schema['maximum']
  return typeof maximum === 'number' && maximum >= 1 ? Math.min(Math.floor(maximum), MAX_LIMIT) : MAX_LIMIT
}

function readNumber(text: string): number | undefined {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}

function notANumber(name: string, value: string, kind: ParameterKind): NotAsked {
  const what = kind === 'limit' ? 'a whole number from 1' : 'a whole number that a list of this API gave'
  return { kind: 'invalid', name, detail: `${name} must be ${what}; got ${JSON.stringify(value.slice(0, 40))}.` }
}

function unserved(name: string): NotAsked {
  const shown = JSON.stringify(name.slice(0, 60))
  return {
    kind: 'unserved',
    name,
    detail: `The query parameter ${shown} is not served: lists are filtered by members that have to be equal, and paged.`,
  }
}
