import type { Row } from '../styles/decisions.ts'
import { type Fault, fault } from './fault.ts'

const changing = (change: (value: unknown, name: string) => unknown) => ({
  stores: (input: Row) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, change(value, name)])),
})
const texts = (change: (text: string) => string) =>
  changing((value, name) => (typeof value === 'string' && name !== 'code' ? change(value) : value))
const numbers = (change: (value: number) => unknown) =>
  changing((value) => (typeof value === 'number' ? change(value) : value))

/** What becomes of values on their way into a store. */
export const storageFaults: readonly Fault[] = [
  fault(
    'text is escaped for HTML',
    'unicode-roundtrip',
    'plain',
    texts((text) => text.replace(/&/g, '&amp;').replace(/[^ -~]/g, (one) => `&#${one.codePointAt(0)};`)),
    'input-roundtrip',
  ),
  fault(
    'text is cut at 100',
    'input-roundtrip',
    'uuids, JSON:API',
    texts((text) => text.slice(0, 100)),
  ),
  fault(
    'text loses what is not Latin',
    'unicode-roundtrip',
    'plain, data envelope',
    texts((text) => text.replace(/[\u0100-\u{10ffff}]/gu, '?')),
  ),
  fault(
    'text loses emoji',
    'unicode-roundtrip',
    'uuids',
    texts((text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '')),
  ),
  fault(
    'text is normalised',
    'unicode-roundtrip',
    'plain',
    texts((text) => text.normalize('NFC')),
  ),
  fault(
    'text is read as Latin-1',
    'unicode-roundtrip',
    'HAL',
    texts((text) => Buffer.from(text).toString('latin1')),
  ),
  fault(
    'text is made lower case',
    'input-roundtrip',
    'uuids',
    texts((text) => text.toLowerCase()),
  ),
  fault(
    'amounts lose their fraction',
    'input-roundtrip',
    'plain, cursors',
    changing((value, name) => (name === 'amount' ? Math.floor(Number(value)) : value)),
  ),
  fault(
    'zero is taken for absent',
    'number-precision-kept',
    'uuids, plain',
    numbers((value) => value || 1),
  ),
  fault(
    'counts are capped in silence',
    'number-precision-kept',
    'plain',
    changing((value, name) => (name === 'count' ? Math.min(Number(value), 999) : value)),
  ),
  fault(
    'numbers become text',
    'input-roundtrip',
    'data envelope',
    numbers((value) => String(value)),
    'doc-body-conforms',
  ),
  fault('an optional member is dropped', 'input-roundtrip', 'uuids, whole Fastify', {
    stores: ({ note: _, ...rest }: Row) => rest,
  }),
  fault(
    'only the first tag is kept',
    'input-roundtrip',
    'plain',
    changing((value) => (Array.isArray(value) ? value.slice(0, 1) : value)),
  ),
  fault('long text answers 500', 'input-roundtrip', 'uuids', {
    faults: (faults, input) =>
      String((input as Row | null)?.['title'] ?? '').length > 120 && faults.length === 0 ? 'crash' : faults,
  }),
]
