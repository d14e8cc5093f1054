import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'
import { serveShop, shopFile } from './serve-shop.ts'

const shop = readFileSync(shopFile, 'utf8')
const versions: readonly [string, string, string, object][] = [
  ['2.0', readFileSync(fileURLToPath(new URL('pets-2.0.yaml', import.meta.url)), 'utf8'), '/pets', { name: 'Rex' }],
  [
    '3.0',
    shop.replace('3.1.0', '3.0.3').replace('type: [string, "null"]', 'type: string, nullable: true'),
    '/customers',
    { name: 'Ada', email: 'ada@example.org' },
  ],
  ['3.1', shop, '/customers', { name: 'Ada', email: 'ada@example.org' }],
]

describe('a document of OpenAPI', () => {
  it.each(versions)('%s is told as it is served, by a document that is valid', async (_, text, path, body) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'openapi.yaml'), text)
    const service = await serveShop(cwd)
    const document = (await send('GET', `${service.url}/openapi.json`)).json()
    const made = await send('POST', `${service.url}${path}`, { body })
    const read = await send('GET', `${service.url}${made.headers.location}`)
    const report = await send('GET', `${service.url}/reports/monthly`)
    await service.stop()

    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    const { post, get } = document.paths[path]
    expect(post.responses['201'].headers).toHaveProperty('Location')
    expect(post.parameters.map(({ name }: { name?: string }) => name)).toContain('Idempotency-Key')
    expect(get['x-served']).toBeUndefined()
    const unserved = document.paths['/reports/monthly'].get
    expect(unserved).toMatchObject({ 'x-served': false, 'x-why': expect.any(String) })
    expect(unserved.responses).toHaveProperty('501')
    expect([made.status, read.status, read.body]).toEqual([201, 200, made.body])
    expect([report.status, report.json().detail]).toEqual([501, expect.stringContaining(unserved['x-why'])])
  })
})
