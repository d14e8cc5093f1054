import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createonce, startCreateonce, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'

function pets(title: string): string {
  const post = {
    requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
    responses: { 201: {} },
  }
  return JSON.stringify({ openapi: '3.1.0', info: { title, version: '1' }, paths: { '/pets': { post } } })
}

describe('--watch', () => {
  it('serves a document anew that an editor renames over the old one, with what was created before', async () => {
    const cwd = temporaryFolder()
    const file = join(cwd, 'openapi.json')
    writeFileSync(file, pets('before'))
    const service = await startCreateonce(['serve', 'openapi.json', '--watch', '--port', '0'], { cwd })
    const created = await send('POST', `${service.url}/pets`, { body: { name: 'Rex' } })
    writeFileSync(`${file}.tmp`, pets('after'))
    renameSync(`${file}.tmp`, file)
    await service.said(/served anew/)
    const document = await send('GET', `${service.url}/openapi.json`)
    const read = await send('GET', new URL(created.headers.location!, service.url).href)
    const { code } = await service.stop()
    expect(document.json().info.title).toBe('after')
    expect([read.status, read.body]).toEqual([200, created.body])
    expect(code).toBe(0)
  })

  it('is refused for a URL, which is not repeated: it may hold a password', async () => {
    const url = 'http://ada:s3cret@localhost:9/openapi.json'
    const { code, stdout, stderr } = await createonce(['serve', url, '--watch', '--store', 'memory:'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^createonce: --watch watches a file, and the document is a URL/)
    expect(stderr).not.toContain('s3cret')
  })
})
