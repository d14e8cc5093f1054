import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createonce, startCreateonce, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'
import { createRetrying } from './create-retrying.ts'

const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      post: {
        operationId: 'createPet',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
        },
        responses: {
          201: {
            description: '',
            headers: { Location: { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
        },
      },
      get: {
        responses: {
          200: {
            description: '',
            content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } } },
          },
        },
      },
    },
    '/pets/{petId}': {
      get: {
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
      },
    },
  },
}

describe('a document that is served under conditions', () => {
  it('has one resource for each creation of clients that retry, and a recording that the verifier judges', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'openapi.json'), JSON.stringify(document))
    const conditions = ['--fault', '40%', '--seed', '1', '--latency', '0-5', '--cors', '*', '--record', 'traffic.har']
    const args = ['serve', 'openapi.json', '--port', '0', '--store', 'memory:', ...conditions]
    const service = await startCreateonce(args, { cwd })
    const attempts: string[] = []
    const ids: string[] = []
    for (let n = 0; n < 20; n += 1) {
      const { status, headers, json } = await createRetrying(`${service.url}/pets`, { name: `Rex ${n}` }, attempts)
      expect(status).toBe(201)
      expect((await send('GET', new URL(headers.location!, service.url).href)).status).toBe(200)
      ids.push(json().id)
    }
    const list = await send('GET', `${service.url}/pets`, { headers: { Origin: 'https://app.example.com' } })
    const { code, stdout } = await service.stop()

    expect(list.json().map(({ id }: { id: string }) => id)).toHaveLength(20)
    expect(new Set(ids)).toEqual(new Set(list.json().map(({ id }: { id: string }) => id)))
    expect(list.headers['access-control-allow-origin']).toBe('*')
    expect(attempts.length).toBeGreaterThan(20)
    expect(stdout).toMatch(/^faults are injected into 40% of the writes \(--seed 1\)$/m)
    expect(code).toBe(0)

    const judged = await createonce(['verify', 'openapi.json', '--har', 'traffic.har', '--base-url', service.url], {
      cwd,
    })
    expect(judged.stdout).toMatch(/[1-9]\d* passed · no findings/)
    expect(judged.code).toBe(0)
  })
})
