import { describe, expect, it } from 'vitest'
import { createProgress } from '../src/commands/progress.ts'

function recorder(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  let text = ''
  const stream = {
    isTTY,
    columns: 40,
    write(part: string) {
      text += part
    },
  }
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text }
}

const events = (operation: string) =>
  [
    { kind: 'started', operations: [operation], checks: ['location-present', 'location-resolves'], seed: 7 },
    { kind: 'check-finished', operation, check: 'location-present', verdict: 'fail' },
    { kind: 'operation-finished', operation, judged: true },
    { kind: 'cleaning-up', made: 1 },
  ] as const

describe('progress', () => {
  it('writes one line over on a terminal, no longer than the terminal is wide, and leaves it empty', () => {
    const { stream, text } = recorder(true)
    const progress = createProgress(stream)
    for (const event of events('createOrder')) progress.show(event)
    progress.end()
    expect(text().split('\r\u001b[K')).toEqual([
      'Verifying 1 creation with 2 checks, seed 7\n',
      '1 of 2 verdicts, 1 finding · createOrde',
      'Deleting 1 resource that the run create',
      '',
    ])
  })

  it('writes a line for each operation where nothing can be written over', () => {
    const { stream, text } = recorder(false)
    const progress = createProgress(stream)
    for (const event of events('createOrder')) progress.show(event)
    progress.end()
    expect(text()).toBe('Verifying 1 creation with 2 checks, seed 7\ncreateOrder: judged\n')
  })

  it.each([true, false])('shows what the document calls its operations without obeying it (terminal: %s)', (isTTY) => {
    const { stream, text } = recorder(isTTY)
    const progress = createProgress(stream)
    for (const event of events('\u001b[2J')) progress.show(event)
    expect(text()).not.toContain('\u001b[2J')
  })
})
