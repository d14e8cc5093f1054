import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

/**
 * The OpenAPI documents among files, and at any depth of folders: what is JSON or YAML and says at its top which
 * version of OpenAPI (or Swagger) it is. Each with a name for people.
 */
export function findDocuments(places) {
  return places.flatMap((place) =>
    filesOf(place)
      .filter((file) => /\.(json|ya?ml)$/i.test(file) && saysVersion(file))
      .map((file) => ({ file, name: relative(place, file) || basename(file) })),
  )
}

function filesOf(place) {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place)
    .sort()
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesOf(join(place, name)))
}

function saysVersion(file) {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  if (!/\.json$/i.test(file)) return /^["']?(openapi|swagger)["']?\s*:/m.test(text)
  try {
    const { openapi, swagger } = JSON.parse(text) ?? {}
    return openapi !== undefined || swagger !== undefined
  } catch {
    return false
  }
}
