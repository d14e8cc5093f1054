import { effectiveSchema } from './effective-schema.ts'
import type { Operation } from './list-operations.ts'
import { type PathShape, pathShape } from './path-shape.ts'
import { createVerbAtEnd, type RelatedOperations } from './related-operations.ts'
import type { RequestBody } from './request-body.ts'
import { isPlural, wordsOf } from './words.ts'

/** Whether a POST creates, and why not. */
export type Classification = { readonly creates: true } | { readonly creates: false; readonly why: string }

const SEARCH = new Set(['search', 'query', 'find', 'filter', 'lookup', 'suggest', 'autocomplete', 'count'])
const LOGIN = new Set([
  ...['login', 'logon', 'signin', 'logout', 'signout', 'auth', 'authenticate', 'authentication', 'authorize'],
  ...['oauth', 'oauth2', 'token', 'tokens', 'introspect', 'revoke', 'refresh', 'password', 'otp', 'mfa'],
])
const UPLOAD = new Set(['upload', 'import'])
const ACTION = new Set([
  ...['cancel', 'approve', 'reject', 'accept', 'decline', 'confirm', 'complete', 'finish', 'close', 'open', 'reopen'],
  ...['activate', 'deactivate', 'enable', 'disable', 'start', 'stop', 'pause', 'resume', 'restart', 'run', 'execute'],
  ...['trigger', 'send', 'resend', 'notify', 'publish', 'unpublish', 'archive', 'restore', 'lock', 'unlock', 'block'],
  ...['move', 'copy', 'merge', 'sync', 'validate', 'verify', 'check', 'test', 'calculate', 'compute', 'convert'],
  ...['reset', 'clear', 'delete', 'remove', 'update', 'edit', 'set', 'get', 'list', 'read', 'fetch', 'ping', 'health'],
  ...['checkout', 'pay', 'refund', 'capture', 'void', 'ship', 'deliver', 'return', 'submit', 'assign', 'unassign'],
  ...['subscribe', 'unsubscribe', 'follow', 'unfollow', 'like', 'unlike', 'join', 'leave', 'invite', 'mark', 'toggle'],
  ...['preview', 'render', 'export', 'download', 'process', 'handle', 'reload', 'rebuild', 'reindex', 'shutdown'],
  ...['batch', 'bulk', 'graphql', 'rpc', 'callback', 'webhook', 'attack', 'translate', 'change', 'sort', 'match'],
])
const READ = new Set(['get', 'fetch', 'find', 'search', 'list', 'query', 'read', 'retrieve', 'lookup', 'filter'])
const CREATE = new Set([
  ...['create', 'add', 'new', 'register', 'signup', 'insert', 'save', 'post', 'make', 'store', 'place', 'book', 'open'],
  ...['opprett', 'crear', 'erstelle', 'creer', 'agregar', 'registrar', 'cadastrar', 'salvar'],
])

/** What is known about the neighbourhood of an operation. */
export interface Surroundings {
  readonly related: RelatedOperations
  /** The GET of the very same path. */
  readonly sameGet: Operation | undefined
  /** Whether the document declares 201 for everything, as some generators do, so that it tells nothing. */
  readonly everythingIs201: boolean
}

/** Judges as a person who reads the document would, by path, siblings, answers and words. */
export function classifyPost(operation: Operation, body: RequestBody, surroundings: Surroundings): Classification {
  const { related, sameGet, everythingIs201 } = surroundings
  const shape = pathShape(operation.path)
  const bodyFault = whyBodyForbids(body)
  if (bodyFault !== undefined) return no(bodyFault)
  if (operation.raw['x-creation'] !== undefined) return yes
  if (sameGet !== undefined && isSameHandler(operation, sameGet)) return no('the GET of its path is the same operation')
  const unsaid = everythingIs201 ? 'its 201 tells nothing, as every write declares one,' : 'it declares no 201,'
  const refusal = wordRefuses(shape)
  const declares201 = operation.statuses.includes('201') && !everythingIs201
  if (declares201 && refusal === undefined) return yes
  if (shape.trailing !== undefined) return no(`${unsaid} and it addresses one resource`)
  const reading = declares201 ? undefined : whyItReads(operation, related.read !== undefined)
  if (reading !== undefined) return no(reading)
  if (createVerbAtEnd(shape) && (declares201 || related.read !== undefined || related.list !== undefined)) return yes
  if (related.read !== undefined) return yes
  if (refusal !== undefined) return no(refusal)
  const named = namedCreation(operation)
  const plural = isPlural(wordsOf(shape.noun).at(-1) ?? '')
  if (body.kind === 'json' && related.list !== undefined && (named || plural)) return yes
  if (body.kind === 'json' && ((named && plural) || registers(shape))) return yes
  return no(`${unsaid} and nothing below its path can be ${related.list === undefined ? 'listed or ' : ''}read`)
}

const yes: Classification = { creates: true }

function no(why: string): Classification {
  return { creates: false, why }
}

function whyBodyForbids(body: RequestBody): string | undefined {
  if (body.kind === 'not-json') {
    return `it takes ${body.mediaTypes.join(', ')} and neither JSON nor a form of text (an upload)`
  }
  if (body.kind === 'broken') {
    return `its request body refers to ${body.references.join(', ')}, which is not in the document`
  }
  if (body.kind === 'json' && [effectiveSchema(body.body.schema, body.body.schema)['type']].flat().includes('array')) {
    return 'it takes a list, so one answer cannot name what it created'
  }
  return undefined
}

function wordRefuses(shape: PathShape): string | undefined {
  const last = shape.segments.at(-1) ?? ''
  const words = wordsOf(shape.trailing === undefined ? last : shape.noun)
  const [first = ''] = words
  const custom = /:([a-z]+)$/i.exec(last)?.[1]
  if (custom !== undefined && !CREATE.has(custom.toLowerCase())) return `it is an action on a resource (${custom})`
  // `password-resets`, `test-cases` and `search-profiles` are things, whatever verb they begin with.
  const isThings = words.length > 1 && isPlural(words.at(-1) ?? '')
  const telling = (set: ReadonlySet<string>) => set.has(words.at(-1) ?? '') || (!isThings && set.has(first))
  if (telling(SEARCH)) return `it searches (${last})`
  if (telling(LOGIN) || words.join('') === 'signin') return `it is about logging in (${last})`
  if (telling(UPLOAD)) return `it uploads (${last})`
  if (ACTION.has(first) && !isThings) return `it is an action (${last})`
  return undefined
}

function namedCreation(operation: Operation): boolean {
  const id = wordsOf(operation.operationId ?? '')
  const summary = wordsOf(operation.summary)
  return CREATE.has(id[0] ?? '') || CREATE.has((summary[0] ?? '').replace(/s$/, '')) || id.includes('create')
}

/** Frameworks that map one function to GET and POST describe a query twice: `statsUsingGET`, `statsUsingPOST`. */
function isSameHandler(post: Operation, get: Operation): boolean {
  const bare = (operation: Operation) =>
    operation.operationId?.replace(/_\d+$/, '').replace(/[_-]?(using)?[_-]?(get|post)$/i, '')
  const name = bare(post)
  return name !== undefined && name !== '' && name === bare(get) && post.operationId !== get.operationId
}

/** A query that is sent by POST, because it is too long for a URL, answers a list or is named like a question. */
function whyItReads(operation: Operation, canBeRead: boolean): string | undefined {
  const [verb = ''] = wordsOf(operation.operationId ?? '')
  if (READ.has(verb)) return `it is named like a query (${operation.operationId})`
  // A tutorial's API may answer a creation with the whole list; what tells is that one of it can be read.
  if (canBeRead) return undefined
  const success = operation.statuses.filter((status) => status.startsWith('2'))
  if (success.length !== 1 || success[0] !== '200') return undefined
  const schemas = Object.values(operation.responses['200']?.content ?? {}).map(({ schema }) => schema)
  const lists = schemas.some((schema) => schema !== undefined && effectiveSchema(schema, schema)['type'] === 'array')
  return lists ? 'it answers 200 with a list' : undefined
}

function registers(shape: PathShape): boolean {
  return ['register', 'registration', 'signup'].includes(wordsOf(shape.segments.at(-1) ?? '').join(''))
}
