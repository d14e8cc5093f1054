import type { Answer } from '../exchange/exchange.ts'
import { headerValue, mediaTypeOf } from '../exchange/header-values.ts'
import { isObject, type JsonObject, parseJson } from './json-node.ts'

/** What a status monitor says of the work; `explained` when a failure comes with a word about why. */
export type MonitorState =
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly explained: boolean }
  | { readonly kind: 'unknown' }

const running = new Set([
  ...['accepted', 'pending', 'queued', 'enqueued', 'running', 'processing', 'inprogress', 'started', 'creating'],
  ...['provisioning', 'submitted', 'scheduled', 'working', 'waiting', 'notstarted', 'received', 'executing', 'new'],
  ...['initializing', 'initialising', 'ongoing', 'open', 'preparing', 'updating'],
])
const succeeded = new Set([
  ...['succeeded', 'success', 'successful', 'completed', 'complete', 'done', 'finished', 'created', 'ready', 'ok'],
  ...['available', 'resolved', 'fulfilled', 'processed'],
])
const failed = new Set([
  ...['failed', 'failure', 'error', 'errored', 'cancelled', 'canceled', 'rejected', 'aborted', 'faulted', 'timedout'],
  ...['expired', 'terminated'],
])
const stateNames = ['status', 'state', 'phase', 'provisioningstate', 'jobstatus', 'operationstatus', 'taskstatus']
const doneNames = ['done', 'completed', 'finished', 'iscomplete', 'isdone', 'complete']
const errorNames = ['error', 'errors', 'problem', 'problems', 'failure', 'detail', 'details', 'message', 'reason']
const wrappers = ['data', 'attributes', 'properties', 'metadata', 'result', 'job', 'task', 'operation', 'response']

/** Reads the state of the work off an answer of its monitor, in the spellings of the usual guidelines. */
export function monitorState(answer: Answer): MonitorState {
  // OData 4.01 §8.3.1: the status of the answer that a synchronous request would have had.
  const result = Number(headerValue(answer, 'asyncresult'))
  if (result >= 200 && result < 300) return { kind: 'succeeded' }
  if (result >= 400) return { kind: 'failed', explained: answer.response.body.trim() !== '' }
  if (mediaTypeOf(answer) === 'application/problem+json') return { kind: 'failed', explained: true }
  const json = parseJson(answer.response.body)
  const told = nodesOf(json)
    .map(ownState)
    .find((state) => state.kind !== 'unknown') ?? { kind: 'unknown' }
  // RFC 7240 §4.1 leaves the status of a monitor open: one that answers 202 still works.
  if (answer.response.status === 202 && told.kind !== 'failed') return { kind: 'running' }
  if (told.kind === 'failed') return { kind: 'failed', explained: nodesOf(json).some(explains) }
  return told
}

function nodesOf(json: unknown, depth = 0): JsonObject[] {
  if (!isObject(json) || depth > 2) return []
  const inner = Object.entries(json).filter(([name]) => wrappers.includes(name.toLowerCase()))
  return [json, ...inner.flatMap(([, value]) => nodesOf(value, depth + 1))]
}

function ownState(node: JsonObject): MonitorState {
  for (const [name, value] of Object.entries(node)) {
    if (!doneNames.includes(letters(name)) || typeof value !== 'boolean') continue
    if (!value) return { kind: 'running' }
    return isTelling(node['error']) ? { kind: 'failed', explained: true } : { kind: 'succeeded' }
  }
  for (const name of stateNames) {
    const value = Object.entries(node).find(([own]) => letters(own) === name)?.[1]
    if (typeof value !== 'string') continue
    const word = letters(value)
    if (running.has(word)) return { kind: 'running' }
    if (succeeded.has(word)) return { kind: 'succeeded' }
    if (failed.has(word)) return { kind: 'failed', explained: false }
  }
  return { kind: 'unknown' }
}

function explains(node: JsonObject): boolean {
  return Object.entries(node).some(([name, value]) => errorNames.includes(letters(name)) && isTelling(value))
}

function isTelling(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'string' ? value.trim() !== '' : isObject(value) && Object.keys(value).length > 0
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '')
}
