import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCreateonce, temporaryFolder } from '../../createonce.ts'

/** A document that breaks its version: there is no `summary` in an info object of OpenAPI 3.0. */
const BROKEN = `openapi: 3.0.3
info: { title: Notes, version: '1', summary: 'of a later version' }
paths:
  /notes:
    post:
      requestBody:
        content: { application/json: { schema: { type: object } } }
      responses: { '201': { description: made } }
`

/** Serves the document, which is a new file. */
function served() {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'openapi.yaml'), BROKEN)
  return startCreateonce(['serve', 'openapi.yaml', '--port', '0', '--store', 'memory:'], { cwd: folder })
}

describe('what the version of a served document finds wrong with it', () => {
  it('is told once the document is served, and does not keep it from being served', async () => {
    const running = await served()
    await running.said(/note: The document breaks its OpenAPI version: \/info/)
    const made = await fetch(`${running.url}/notes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"text":"tea"}',
    })
    expect(made.status).toBe(201)
    expect((await running.stop()).code).toBe(0)
  })

  it('keeps no process that is told to stop', async () => {
    const running = await served()
    expect((await running.stop()).code).toBe(0)
  })
})
