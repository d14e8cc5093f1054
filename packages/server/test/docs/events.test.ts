import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type CreationEvent, events, problemCatalogue } from '../../src/index.ts'
import { tableRows } from './table-rows.ts'

const page = readFileSync(new URL('../../../../docs/reference/events.md', import.meta.url), 'utf8')

// The compiler keeps this list complete: a field more or less in CreationEvent does not compile.
const fields: Record<keyof CreationEvent, 'yes' | 'no'> = {
  event: 'yes',
  operation: 'yes',
  requestId: 'yes',
  status: 'yes',
  durationMs: 'yes',
  attempt: 'yes',
  traceId: 'no',
  code: 'no',
  location: 'no',
  principal: 'no',
  key: 'no',
  err: 'no',
}

describe('the page of the events', () => {
  it('has the rows of the event table, and no others', () => {
    expect(tableRows(page, 'event')).toEqual(
      Object.entries(events).map(([name, { level, meaning }]) => [`\`${name}\``, level, meaning]),
    )
  })

  it('has every field of a line, says which ones are always there, and has no others', () => {
    const rows = tableRows(page, 'field').map(([name, always]) => [name!.replaceAll('`', ''), always])
    expect(Object.fromEntries(rows)).toEqual(fields)
  })

  it('knows every event that a problem is logged as', () => {
    for (const { event } of Object.values(problemCatalogue)) expect(events).toHaveProperty([event])
  })
})
