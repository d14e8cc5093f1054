import { afterEach, describe, expect, it } from 'vitest'
import { pathsTaken } from '../../../src/serve/pages/paths-taken.ts'
import { send } from '../../send.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

afterEach(closeServedPages)

describe('where the document declares the path of a page itself', () => {
  it.each([
    ['/', '/'],
    ['/docs', '/docs'],
    ['/openapi.json', '/openapi.json'],
    ['/openapi.yaml', '/openapi.yaml'],
    ['/health/live', '/health/live'],
    ['/health/ready', '/health/ready'],
    ['/metrics', '/metrics'],
    ['/problems/{id}', '/problems/:id'],
    ['/metrics/', '/metrics/'],
  ])('%s is its operation, and the page is named as left out', async (path, route) => {
    const { url, leftOut } = await servePages({ isTaken: pathsTaken(['/notes', path]) }, (app) => {
      app.get(route, () => 'its own')
    })
    const names: Readonly<Record<string, string>> = { '/problems/{id}': '/problems/{code}', '/metrics/': '/metrics' }
    expect(leftOut).toEqual([names[path] ?? path])
    expect((await send('GET', url + path)).body).toBe('its own')
  })

  it('the others stay', async () => {
    const { url, leftOut } = await servePages({ isTaken: pathsTaken(['/notes']) })
    expect(leftOut).toEqual([])
    expect((await send('GET', `${url}/docs`)).status).toBe(200)
  })

  it('the docs read the document as YAML if its JSON is not there, and are left out with both', async () => {
    const { url, leftOut } = await servePages({ isTaken: pathsTaken(['/openapi.json']) })
    expect(leftOut).toEqual(['/openapi.json'])
    expect((await send('GET', `${url}/docs`)).body).toContain('data-document="openapi.yaml"')
    const none = await servePages({ isTaken: pathsTaken(['/openapi.json', '/openapi.yaml']) })
    expect(none.leftOut).toEqual(['/docs', '/openapi.json', '/openapi.yaml'])
    expect((await send('GET', `${none.url}/docs`)).status).toBe(404)
    expect((await send('GET', `${none.url}/`)).body).not.toContain('docs')
  })

  it('the docs are left out with what they load', async () => {
    const { url, leftOut } = await servePages({ isTaken: pathsTaken(['/docs/docs.js']) }, (app) => {
      app.get('/docs/docs.js', () => 'its own')
    })
    expect(leftOut).toEqual(['/docs'])
    expect((await send('GET', `${url}/docs/docs.js`)).body).toBe('its own')
  })

  it('a template takes no page, which is matched before it', async () => {
    const { url, leftOut } = await servePages({ isTaken: pathsTaken(['/{name}', '/health/{name}']) }, (app) => {
      app.get('/:name', () => 'its own')
    })
    expect(leftOut).toEqual([])
    expect((await send('GET', `${url}/docs`)).body).toContain('<!doctype html>')
    expect((await send('GET', `${url}/other`)).body).toBe('its own')
  })
})
