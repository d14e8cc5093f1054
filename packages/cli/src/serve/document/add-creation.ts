import type { Creation } from '@createonce/server'
import { type OpenApiObject, toOperation } from '@createonce/server/openapi'
import { asJson } from './as-json.ts'
import { resolve } from './resolve.ts'
import { toOldSchema } from './to-old-schema.ts'
import { withProblem } from './with-problem.ts'

/** What a creation takes and answers besides what the document says; `answered` describes a body that the document does not. */
export function addCreation(
  document: OpenApiObject,
  here: OpenApiObject,
  creation: Creation,
  path: string,
  answered: OpenApiObject,
): void {
  const ours = toOperation(creation, { path })
  const declaredParameters = ((here['parameters'] ?? []) as OpenApiObject[]).map((one) => resolve(document, one))
  const names = new Set(declaredParameters.map(({ name }) => String(name).toLowerCase()))
  const isHeader = (one: OpenApiObject): boolean =>
    one['in'] === 'header' && !names.has(String(one['name']).toLowerCase())
  const parameters = (ours['parameters'] as OpenApiObject[]).filter(isHeader).map((one) => ({
    ...one,
    schema: toOldSchema(one['schema']),
  }))
  here['parameters'] = [...(here['parameters'] ?? []), ...parameters]
  here['x-creation'] = { ...ours['x-creation'], ...here['x-creation'] }
  const responses = { ...here['responses'] } as OpenApiObject
  const declared = responses['201'] ?? responses['200'] ?? responses['2XX'] ?? responses['default'] ?? {}
  for (const [status, response] of Object.entries<OpenApiObject>(ours['responses'])) {
    const headers = Object.fromEntries(
      Object.entries<OpenApiObject>(response['headers'] ?? {}).map(([name, header]) => [
        name,
        { ...header, schema: toOldSchema(header['schema']) },
      ]),
    )
    if (status.startsWith('2')) {
      const own = resolve(document, responses[status] ?? (status === '201' ? declared : {}))
      responses[status] = {
        description: response['description'],
        ...(status === '204' ? own : withSchema(asJson(own), answered)),
        headers: { ...headers, ...own['headers'] },
      }
    } else {
      responses[status] = withProblem(document, responses[status], String(response['description']), headers)
    }
  }
  here['responses'] = responses
}

function withSchema(response: OpenApiObject, schema: OpenApiObject): OpenApiObject {
  const media = (response['content'] as OpenApiObject | undefined)?.['application/json'] as OpenApiObject | undefined
  if (media?.['schema'] !== undefined) return response
  return { ...response, content: { 'application/json': { ...media, schema } } }
}
