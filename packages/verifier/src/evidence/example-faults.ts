import { accepted } from '../experiments/attempt.ts'
import type { ExampleTried } from '../experiments/documented-examples.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Operation } from '../experiments/operation.ts'
import type { DocumentFault } from './document-fault.ts'
import { quote } from './quote.ts'
import { schemaBreaks } from './schema-breaks.ts'

// What says that the content itself is wrong. A conflict, a missing parent or a limit is about what else there is.
const blamesContent: ReadonlySet<number> = new Set([400, 422])

/**
 * What is wrong with the document's examples: one that breaks its own schema (the example SHOULD match it, OpenAPI 3.1
 * §4.8.14), and one that the API refuses.
 */
export function exampleFaults(tried: readonly ExampleTried[], { creation, target }: Operation): DocumentFault[] {
  const schema = creation.body?.schema ?? {}
  const examples: readonly unknown[] = creation.body?.examples ?? []
  return tried.flatMap(({ example, attempt, freshened }): DocumentFault[] => {
    const name = examples.length === 1 ? 'the example' : `example ${examples.indexOf(example) + 1}`
    const [broken] = schemaBreaks(schema, example, target.document.version) ?? []
    const isRefused =
      blamesContent.has(attempt.status) && (freshened === undefined || blamesContent.has(freshened.status))
    const evidence = freshened === undefined ? [attempt] : [attempt, freshened]
    if (broken !== undefined) {
      const level = isRefused ? 'warning' : 'note'
      return [
        { level, what: `${name} breaks its own schema: ${broken.what}; it is answered ${attempt.status}`, evidence },
      ]
    }
    if (!isRefused || accepted(attempt) || namesOthers(example)) return []
    const said = quote(attempt.answer.response.body)
    return [
      { level: 'note', what: `${name} fits its schema and is refused with ${attempt.status} (${said})`, evidence },
    ]
  })
}

/** Whether an example may name something that exists only where it was written. */
function namesOthers(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesOthers)
  if (!isObject(value)) return typeof value === 'string' && /^(https?:\/)?\//.test(value)
  return Object.entries(value).some(([name, member]) => /(id|uuid|ref|code|key)s?$/i.test(name) || namesOthers(member))
}
