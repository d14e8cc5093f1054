import type { Creation } from '../../src/index.ts'

/** Asks a creation without a framework, as an adapter does that has the bytes. */
export async function askCreation(
  creation: Creation,
  {
    method = 'POST',
    path,
    params = {},
    body,
    headers = {},
  }: {
    readonly method?: string
    readonly path: string
    readonly params?: Record<string, string>
    readonly body: unknown
    readonly headers?: Record<string, string>
  },
) {
  const answer = await creation.handle({
    method,
    path,
    query: '',
    params,
    headers: { 'content-type': 'application/json', ...headers },
    body: { kind: 'raw', bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
    requestId: 'r1',
    native: undefined,
  })
  return { ...answer, json: JSON.parse(answer.body ?? 'null') as Record<string, unknown> }
}
