import { isRecord, type JsonObject } from './is-record.ts'
import { resolvePointer } from './resolve-pointer.ts'

/**
 * A document of OpenAPI 2.0 with what it refers to in other files as definitions of its own, each once, so that circles
 * stay circles.
 *
 * @param fileAt - the parsed text of a file, by its address without a fragment.
 */
export function intoDefinitions(root: string, document: JsonObject, fileAt: (url: string) => unknown): JsonObject {
  const own = isRecord(document['definitions']) ? document['definitions'] : {}
  const brought: Record<string, unknown> = {}
  const names = new Map<string, string>()

  const bring = (url: string): string => {
    const known = names.get(url)
    if (known !== undefined) return known
    const [file = '', fragment = ''] = url.split('#')
    let name = (
      fragment.split('/').at(-1) ||
      file
        .split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') ||
      'part'
    ).replace(/[^\w.-]/g, '_')
    while (name in own || name in brought) name += '_'
    names.set(url, name)
    // Named before it is walked: what refers back to it finds the name.
    brought[name] = {}
    brought[name] = rewrite(
      fragment === '' ? fileAt(file) : resolvePointer(fileAt(file) as JsonObject, `#${fragment}`),
      file,
    )
    return name
  }

  const rewrite = (value: unknown, file: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => rewrite(one, file))
    if (!isRecord(value)) return value
    const { $ref: reference } = value
    if (typeof reference === 'string') {
      const url = new URL(reference, file).href
      const [target] = url.split('#')
      if (target === root) return { ...value, $ref: url.slice(target.length) }
      return { ...value, $ref: `#/definitions/${bring(url)}` }
    }
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rewrite(one, file)]))
  }

  const rewritten = rewrite(document, root) as JsonObject
  const definitions = isRecord(rewritten['definitions']) ? rewritten['definitions'] : {}
  return { ...rewritten, definitions: { ...definitions, ...brought } }
}
