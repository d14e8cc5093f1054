import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { usualAccept } from '../../src/exchange/usual-accept.ts'
import { toCurl } from '../../src/report/to-curl.ts'

/** What a shell makes of a command line. */
const words = (command: string) =>
  execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

test('gives a shell exactly the request, whatever is in it', () => {
  const body = `{"name":"it's \\"$HOME\\" \`id\` !","text":"line\\nbreak"}\u001b[31m\n\\end`
  const command = toCurl({
    id: 1,
    request: {
      method: 'POST',
      url: "http://localhost/a?b='c'",
      headers: [
        ['Host', 'localhost'],
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', ''],
      ],
      body,
    },
  })
  expect(words(command)).toEqual([
    '-i',
    '-X',
    'POST',
    "http://localhost/a?b='c'",
    '-H',
    'Content-Type: application/json',
    '-H',
    'Idempotency-Key;',
    '--data-binary',
    body,
  ])
})

test('keeps an Accept that is part of the request, and leaves out the usual one', () => {
  const accepting = (accept: string) =>
    toCurl({ id: 1, request: { method: 'GET', url: 'http://localhost/a', headers: [['Accept', accept]], body: '' } })
  expect(words(accepting('text/csv'))).toEqual(['-i', 'http://localhost/a', '-H', 'Accept: text/csv'])
  expect(words(accepting(usualAccept))).toEqual(['-i', 'http://localhost/a'])
})

test('sends content without a type where the request had none', () => {
  const command = toCurl({ id: 1, request: { method: 'POST', url: 'http://localhost/a', headers: [], body: '{}' } })
  expect(words(command)).toEqual([
    '-i',
    '-X',
    'POST',
    'http://localhost/a',
    '-H',
    'Content-Type:',
    '--data-binary',
    '{}',
  ])
})
