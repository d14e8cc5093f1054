import { describe, expect, it } from 'vitest'
import { loadTarget } from '../../src/target/load-target.ts'
import { errorOf } from './error-of.ts'
import { shopDocument } from './shop-document.ts'
import { temporaryFiles } from './temporary-files.ts'

const { fileWith } = temporaryFiles()

describe('options of the user', () => {
  it('prefers the given base URL, without its slash at the end', async () => {
    const target = await loadTarget(await fileWith(JSON.stringify(shopDocument())), {
      baseUrl: 'http://localhost:8080/api/',
    })
    expect(target.baseUrl).toBe('http://localhost:8080/api')
  })

  it.each(['localhost:8080', 'ftp://localhost', 'http://localhost?x=1'])('refuses the base URL %s', async (baseUrl) => {
    const error = await errorOf(loadTarget(await fileWith(JSON.stringify(shopDocument())), { baseUrl }))
    expect(error.code).toBe('bad-base-url')
  })

  it('asks for a base URL where a file does not say where the API runs', async () => {
    expect((await errorOf(loadTarget(await fileWith(JSON.stringify(shopDocument()))))).code).toBe('bad-base-url')
  })

  it('takes policies for all operations and for one', async () => {
    const target = await loadTarget(await fileWith(JSON.stringify(shopDocument())), {
      baseUrl: 'http://localhost',
      duplicates: ['allow', 'createBook=reject'],
      idempotency: 'POST /books=required',
      unique: 'title,pages',
      required: ['pages'],
    })
    const [creation] = target.creations
    expect(creation?.policy.duplicates).toEqual({ value: 'reject', from: 'declared', why: 'declared by an option' })
    expect(creation?.policy.idempotency?.value).toBe('required')
    expect(creation?.policy.naturalKey?.value).toEqual(['title', 'pages'])
    expect(creation?.body?.schema['required']).toEqual(['title', 'pages'])
  })

  it('refuses a policy that does not exist, and names those that do', async () => {
    const error = await errorOf(loadTarget('unread.json', { duplicates: 'forbid' }))
    expect(error).toMatchObject({ code: 'bad-option', seen: ['allowed: reject, return-existing, allow'] })
  })

  it('says why an operation that was named is no creation', async () => {
    const document = shopDocument()
    const paths = document['paths'] as Record<string, unknown>
    paths['/login'] = { post: { responses: { 200: { description: 'ok' } } } }
    const path = await fileWith(JSON.stringify(document))
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost', duplicates: 'POST /login=reject' }))
    expect(error.seen).toEqual(['POST /login: it is about logging in (login)', 'createBook'])
  })

  it('refuses a policy for an operation that does not exist', async () => {
    const path = await fileWith(JSON.stringify(shopDocument()))
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost', duplicates: 'createBok=reject' }))
    expect(error).toMatchObject({ code: 'bad-option', seen: ['createBook'] })
  })
})
