import { describe, expect, it } from 'vitest'
import { findBaseUrl } from '../../src/target/find-base-url.ts'

const served = { url: 'http://localhost:3000/docs/openapi.json', document: {} }

describe('where the API runs', () => {
  it('is the origin of the document when it names no server', () => {
    expect(findBaseUrl(served, {}).baseUrl).toBe('http://localhost:3000')
  })

  it('resolves a relative server against the address of the document', () => {
    expect(findBaseUrl(served, { servers: [{ url: '../v1/' }] }).baseUrl).toBe('http://localhost:3000/v1')
  })

  it('gives server variables their defaults', () => {
    const servers = [
      {
        url: 'https://{region}.example.com:{port}/{base}',
        variables: { region: { default: 'eu' }, port: { enum: ['8443'], default: '8443' }, base: { default: 'v2' } },
      },
    ]
    expect(findBaseUrl({ url: 'file:///openapi.json', document: {} }, { servers }).baseUrl).toBe(
      'https://eu.example.com:8443/v2',
    )
  })

  it('prefers the server on the origin that served the document', () => {
    const servers = [{ url: 'https://api.example.com/v1' }, { url: 'http://localhost:3000/v1' }]
    expect(findBaseUrl(served, { servers })).toEqual({ baseUrl: 'http://localhost:3000/v1', warnings: [] })
  })

  it('follows a document to another host, and says so', () => {
    const found = findBaseUrl(served, { servers: [{ url: 'https://api.example.com/v1' }] })
    expect(found.baseUrl).toBe('https://api.example.com/v1')
    expect(found.warnings).toHaveLength(1)
  })

  it('stays on the host that was named as the target, whatever the document says', () => {
    const found = findBaseUrl(
      { ...served, lookedUnder: 'http://localhost:3000' },
      { servers: [{ url: 'https://prod.example.com/v1' }] },
    )
    expect(found.baseUrl).toBe('http://localhost:3000/v1')
    expect(found.warnings[0]).toContain('prod.example.com')
  })
})
