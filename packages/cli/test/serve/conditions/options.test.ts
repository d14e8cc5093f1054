import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import {
  addConditionOptions,
  type ConditionOptions,
} from '../../../src/serve/conditions/options/add-condition-options.ts'
import { toConditions } from '../../../src/serve/conditions/options/to-conditions.ts'
import { createonce } from '../../createonce.ts'

function parse(...args: string[]): ConditionOptions {
  const command = addConditionOptions(new Command('serve'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  return command.parse(args, { from: 'user' }).opts<ConditionOptions>()
}

describe('the options of conditions', () => {
  it('take one origin after the other, and all with a star', () => {
    expect(parse('--cors', 'https://app.example.com', '--cors', 'http://localhost:5173').cors).toEqual([
      'https://app.example.com',
      'http://localhost:5173',
    ])
    expect(parse('--cors', '*').cors).toEqual(['*'])
  })

  it.each([
    ['100', 100, 100],
    ['0', 0, 0],
    ['50-200', 50, 200],
    ['60000', 60_000, 60_000],
  ])('take the latency %s', (text, fromMs, toMs) => {
    expect(parse('--latency', text).latency).toEqual({ fromMs, toMs })
  })

  it.each([
    ['5%', 0.05],
    ['5', 0.05],
    ['0.5%', 0.005],
    ['0', 0],
    ['100%', 1],
  ])('take the share %s', (text, share) => {
    expect(parse('--fault', text).fault).toBe(share)
  })

  it.each([
    ['1', 1],
    ['64kB', 65_536],
    ['2MB', 2_097_152],
  ])('take the size %s', (text, bytes) => {
    expect(toConditions(parse('--max-body', text)).limits.maxBodyBytes).toBe(bytes)
  })

  it.each([
    ['--cors', 'https://app.example.com/', 'such as https://app.example.com,'],
    ['--cors', 'app.example.com', 'An origin is a scheme'],
    ['--cors', 'ftp://app.example.com', 'An origin is a scheme'],
    ['--cors', 'null', 'An origin is a scheme'],
    ['--latency', '-5', 'Write milliseconds'],
    ['--latency', '200-50', 'Write milliseconds'],
    ['--latency', '60001', 'at most 60000'],
    ['--latency', '1s', 'Write milliseconds'],
    ['--fault', '101%', 'from 0 to 100'],
    ['--fault', '-1', 'from 0 to 100'],
    ['--fault', 'often', 'from 0 to 100'],
    ['--seed', '4294967296', 'from 0 to 4294967295'],
    ['--record', '', 'Name a file'],
    ['--max-body', '0', 'at least 1'],
    ['--max-body', '1GB', 'at most 256MB'],
    ['--max-connections', '0', 'at least 1'],
  ])('refuse %s %s', (option, value, said) => {
    // With an equals sign: what begins with a dash would be taken for another option.
    expect(() => parse(`${option}=${value}`)).toThrow(said)
  })

  it('draw a seed where none is given', () => {
    const seeds = new Set(Array.from({ length: 5 }, () => toConditions().seed))
    expect(seeds.size).toBeGreaterThan(1)
    expect(toConditions(parse('--seed', '7')).seed).toBe(7)
  })

  it('are refused on the command line with what was seen, before anything is opened', async () => {
    const { code, stdout, stderr } = await createonce(['serve', '--fault', '500%'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain("'500%'")
    expect(stderr).toContain('from 0 to 100')
  })
})
