import { effectiveSchema } from './effective-schema.ts'
import type { Operation } from './list-operations.ts'
import { type PathShape, pathShape } from './path-shape.ts'
import { createVerbAtEnd, type RelatedOperations } from './related-operations.ts'
import type { RequestBody } from './request-body.ts'
import { isPlural, wordsOf } from './words.ts'

/** Whether a POST creates, and why not. */
export type Classification = { readonly creates: true } | { readonly creates: false; readonly why: string }

const SEARCH = new Set(['search', 'query', 'queries', 'find', 'filter', 'lookup', 'suggest', 'autocomplete', 'count'])
const LOGIN = new Set([
  ...['login', 'logon', 'signin', 'logout', 'signout', 'auth', 'authenticate', 'authentication', 'authorize'],
  ...['oauth', 'oauth2', 'token', 'tokens', 'introspect', 'revoke', 'refresh', 'password', 'otp', 'mfa'],
])
const UPLOAD = new Set(['upload', 'uploads', 'import', 'imports'])
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
const CREATE = new Set([
  ...['create', 'add', 'new', 'register', 'signup', 'insert', 'save', 'post', 'make', 'store', 'place', 'book', 'open'],
  ...['opprett', 'crear', 'erstelle', 'creer', 'agregar', 'registrar', 'cadastrar', 'salvar'],
])

/** Judges as a person who reads the document would, by path, siblings, answers and words. */
export function classifyPost(operation: Operation, body: RequestBody, related: RelatedOperations): Classification {
  const shape = pathShape(operation.path)
  const bodyFault = whyBodyForbids(body)
  if (bodyFault !== undefined) return no(bodyFault)
  const declares201 = operation.statuses.includes('201')
  if (declares201 && !operation.statuses.includes('200') && !wordRefuses(shape)) return yes
  if (shape.trailing !== undefined) {
    return declares201 && related.read !== undefined ? yes : no('it addresses one resource, and declares no 201')
  }
  if (createVerbAtEnd(shape) && (declares201 || related.read !== undefined || related.list !== undefined)) return yes
  if (related.read !== undefined) return yes
  const refusal = wordRefuses(shape)
  if (refusal !== undefined) return no(refusal)
  // Some generators declare 201 beside 200 for every operation, so then it needs a second sign.
  const named = namedCreation(operation)
  const plural = isPlural(wordsOf(shape.noun).at(-1) ?? '')
  if (declares201 && (named || plural || related.list !== undefined)) return yes
  if (related.list !== undefined && body.kind === 'json' && (named || plural)) return yes
  if (named && body.kind === 'json') return yes
  return no(declares201 ? 'it declares both 200 and 201, and nothing can be read back' : whyNothingSpeaksForIt(related))
}

const yes: Classification = { creates: true }

function no(why: string): Classification {
  return { creates: false, why }
}

function whyBodyForbids(body: RequestBody): string | undefined {
  if (body.kind === 'not-json') {
    return `it takes ${body.mediaTypes.join(', ')} and no JSON (an upload or a form)`
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
  if (words.some((word) => SEARCH.has(word))) return `it searches (${last})`
  if (words.some((word) => LOGIN.has(word)) || words.join('') === 'signin') return `it is about logging in (${last})`
  if (words.some((word) => UPLOAD.has(word))) return `it uploads (${last})`
  if (ACTION.has(first) && shape.segments.length > 0) return `it is an action (${last})`
  return undefined
}

function namedCreation(operation: Operation): boolean {
  const id = wordsOf(operation.operationId ?? '')
  const summary = wordsOf(operation.summary)
  return CREATE.has(id[0] ?? '') || CREATE.has((summary[0] ?? '').replace(/s$/, '')) || id.includes('create')
}

function whyNothingSpeaksForIt(related: RelatedOperations): string {
  return related.list === undefined
    ? 'it declares no 201, and nothing below its path can be listed or read'
    : 'it declares no 201, and no resource below its path can be read'
}
