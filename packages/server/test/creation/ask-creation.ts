import type { Creation } from '../../src/index.ts'
import { expectDocumented } from '../openapi/expect-documented.ts'

// A document is made once of each creation, and every answer is held against it.
const documented = new WeakMap<Creation, ReturnType<typeof expectDocumented>>()

/** Asks a creation without a framework, as an adapter does that has the bytes; the answer is one that its document has. */
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
  if (!documented.has(creation)) documented.set(creation, expectDocumented(creation, templateOf(path, params)))
  documented.get(creation)!({
    status: answer.status,
    headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), [value]])),
    body: answer.body ?? '',
  })
  return { ...answer, json: JSON.parse(answer.body ?? 'null') as Record<string, unknown> }
}

/** The path that was asked for with the parameters in the place of their values. */
function templateOf(path: string, params: Readonly<Record<string, string>>): string {
  return Object.entries(params).reduce((template, [name, value]) => template.replace(`/${value}`, `/{${name}}`), path)
}
