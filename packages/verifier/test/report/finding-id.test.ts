import { describe, expect, test } from 'vitest'
import { findingId } from '../../src/report/finding-id.ts'

describe('the id of a finding', () => {
  const id = findingId('location-present', { method: 'POST', path: '/books/{bookId}/reviews' })

  test('is what it was in every version: baselines and code scanning keep it', () => {
    expect(id).toBe('dfe0ba9d0530ef24')
  })

  test('does not change with the name of a path parameter or the case of the method', () => {
    expect(findingId('location-present', { method: 'post', path: '/books/{id}/reviews' })).toBe(id)
  })

  test('is another one for another check, path or method', () => {
    const others = [
      findingId('location-resolves', { method: 'POST', path: '/books/{bookId}/reviews' }),
      findingId('location-present', { method: 'POST', path: '/books' }),
      findingId('location-present', { method: 'PUT', path: '/books/{bookId}/reviews' }),
    ]
    expect(new Set([id, ...others]).size).toBe(4)
  })
})
