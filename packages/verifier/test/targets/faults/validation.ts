import type { Fault as Violation } from '../styles/decisions.ts'
import { type Fault, fault, onAnswer } from './fault.ts'

const blindTo = (rules: RegExp) => ({
  faults: (faults: readonly Violation[]) => faults.filter(({ rule }) => !rules.test(rule)),
})
const crashOn = (rules: RegExp) => ({
  faults: (faults: readonly Violation[]) => (faults.some(({ rule }) => rules.test(rule)) ? ('crash' as const) : faults),
})

/** What services get wrong about what they are sent. */
export const validationFaults: readonly Fault[] = [
  fault('takes a body without a required member', 'invalid-is-4xx', 'plain, data envelope', {
    faults: (faults) =>
      faults.every(({ rule, pointer }) => rule === 'required' && pointer === '/title') ? [] : faults,
  }),
  fault(
    'takes wrong types',
    'invalid-is-4xx',
    'uuids, whole Fastify',
    {
      faults: (faults, input) =>
        typeof input === 'object' && input !== null && !Array.isArray(input)
          ? faults.filter(({ rule }) => rule !== 'type')
          : faults,
    },
    'input-roundtrip',
  ),
  fault('takes numbers out of range', 'invalid-is-4xx', 'plain', blindTo(/^(minimum|maximum)$/)),
  fault('takes text that is too long', 'invalid-is-4xx', 'uuids, JSON:API', blindTo(/^maxLength$/)),
  fault('takes empty text', 'invalid-is-4xx', 'plain', blindTo(/^minLength$/)),
  fault('takes what breaks the pattern', 'invalid-is-4xx', 'uuids', blindTo(/^pattern$/)),
  fault('takes too many items', 'invalid-is-4xx', 'plain', blindTo(/^maxItems$/)),
  fault('answers 500 to a missing member', 'invalid-is-4xx', 'uuids, HAL', crashOn(/^required$/)),
  fault('answers 500 to a wrong type', 'invalid-is-4xx', 'plain, whole Fastify', crashOn(/^type$/)),
  fault('answers 500 to text that is too long', 'invalid-is-4xx', 'plain', crashOn(/^maxLength$/)),
  fault('answers 500 to broken JSON', 'malformed-is-400', 'uuids, data envelope', { malformed: () => 'crash' }),
  fault(
    'stores what it refuses',
    'rejected-leaves-nothing',
    'plain, data envelope, numbered pages',
    { storesRefused: () => true },
    'collection-shows-created',
  ),
  fault(
    'lets clients set the status',
    'server-fields-protected',
    'uuids, soft validation',
    { takes: () => ['status'] },
    'invalid-is-4xx',
  ),
  fault(
    'lets clients set the id and the time',
    'server-fields-protected',
    'plain, soft validation',
    { takes: () => ['id', 'createdAt'] },
    'invalid-is-4xx',
  ),
  fault(
    '400 for some faults and 422 for others',
    'validation-code-consistent',
    'uuids',
    onAnswer('refused', (reply, { code }) =>
      code === 'invalid-input' && JSON.stringify(reply.body).includes('required')
        ? { ...reply, status: 422, body: { ...(reply.body as object), status: 422 } }
        : reply,
    ),
  ),
  fault('names the first fault only', 'validation-lists-all-errors', 'plain, soft validation', {
    faults: (faults) => faults.slice(0, 1),
  }),
  fault(
    'says no more than invalid',
    'validation-lists-all-errors',
    'uuids',
    onAnswer('refused', (reply, { code }) =>
      code === 'invalid-input' ? { ...reply, body: { title: 'invalid input', status: reply.status } } : reply,
    ),
  ),
  fault('creates below parents that do not exist', 'parent-missing-4xx', 'nested, HAL below parents', {
    parentNeeded: () => false,
  }),
  fault(
    'answers 500 below parents that do not exist',
    'parent-missing-4xx',
    'nested, keys below parents',
    onAnswer('refused', (reply, { code }) =>
      code === 'parent-not-found' ? { ...reply, status: 500, body: { title: 'error' } } : reply,
    ),
  ),
]
