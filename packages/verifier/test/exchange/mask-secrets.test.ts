import { expect, test } from 'vitest'
import { maskSecrets } from '../../src/exchange/mask-secrets.ts'

test('masks credentials by name and by value, wherever they come back', () => {
  const masked = maskSecrets(
    {
      id: 1,
      request: {
        method: 'POST',
        url: 'http://x/?token=tenant-key-1234&api_key=sesame&page=2',
        headers: [
          ['Authorization', 'Bearer abcdefghij'],
          ['X-Tenant', 'tenant-key-1234'],
          ['X-Api-Key', 'k'],
          ['Accept', 'application/json'],
        ],
        body: '{}',
      },
      response: { status: 401, headers: [['Set-Cookie', 'sid=1']], body: 'no user for abcdefghij', ms: 1 },
    },
    [
      ['Authorization', 'Bearer abcdefghij'],
      ['X-Tenant', 'tenant-key-1234'],
      ['Accept', 'application/json'],
    ],
  )
  const text = JSON.stringify(masked)
  expect(text).not.toMatch(/abcdefghij|tenant-key|sid=1|"k"|sesame/)
  expect(text).toContain('application/json')
  expect(text).toContain('&page=2')
})
