import { describe, expect, it } from 'vitest'
import { isAside } from '../../../src/serve/conditions/is-aside.ts'

describe('what watches a service', () => {
  it.each([
    '/health/live',
    '/health',
    '/docs',
    '/docs/',
    '/docs/ui.css?v=1',
    '/openapi.json',
    '/metrics',
    '/problems/x',
  ])('reads %s', (url) => {
    expect(isAside({ method: 'GET', url })).toBe(true)
    expect(isAside({ method: 'HEAD', url })).toBe(true)
  })

  it.each(['/', '/orders', '/docsets', '/orders/health', '/openapi.jsonl', '/orders?x=/docs'])(
    'is not whoever reads %s',
    (url) => {
      expect(isAside({ method: 'GET', url })).toBe(false)
    },
  )

  it('does not write: an API may have resources of these names', () => {
    expect(isAside({ method: 'POST', url: '/docs' })).toBe(false)
    expect(isAside({ method: 'DELETE', url: '/metrics/1' })).toBe(false)
  })
})
