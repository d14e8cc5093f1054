import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A document that nobody here wrote, and what has to be found in it. */
export interface CorpusDocument {
  readonly name: string
  readonly file: string
  readonly operations: number
  readonly creations: number
  /** Whether scripts/install-openapi-documents.sh brings it. */
  readonly isLarge?: true
}

const modules = fileURLToPath(new URL('../../../../node_modules/', import.meta.url))
const examples = join(modules, '@readme/oas-examples')
const large = join(process.env['TMPDIR'] ?? tmpdir(), 'createonce-openapi-documents')

/** OpenAPI documents that npm packages ship: 2.0, 3.0 and 3.1, from one operation to a thousand. */
export const corpusDocuments: readonly CorpusDocument[] = [
  example('2.0/json/petstore.json', 20, 5),
  example('2.0/json/petstore-expanded.json', 4, 1),
  example('3.0/yaml/petstore.yaml', 20, 5),
  example('3.0/json/callbacks.json', 1, 1),
  example('3.0/json/openapi-workshop/hoot.json', 5, 1),
  example('3.0/json/openapi-workshop/anyOf-allOf.json', 2, 1),
  example('3.0/json/readme-legacy.json', 36, 6),
  example('3.0/yaml/readme-extensions.yaml', 12, 1),
  example('3.0/json/schema-enums.json', 3, 1),
  example('3.0/json/star-trek.json', 120, 0),
  example('3.1/json/petstore.json', 20, 5),
  example('3.1/json/readme.json', 54, 11),
  example('3.1/yaml/train-travel.yaml', 7, 1),
  example('3.1/json/security.json', 15, 0),
  packaged('Directus', '@directus/specs/dist/openapi.json', 136, 14),
  packaged('Figma', '@figma/rest-api-spec/openapi/openapi.yaml', 54, 5),
  packaged('Dialogporten', '@digdir/dialogporten-schema/swagger.verified.json', 44, 4),
  packaged('Scalar Galaxy', '@scalar/galaxy/dist/3.1.json', 10, 3),
  packaged('Ideal Postcodes', '@ideal-postcodes/openapi/dist/openapi.json', 31, 3),
  packed('GitHub', 'github.json', 706, 84),
  packed('authentik', 'authentik.yml', 1193, 141),
  packed('Doppler', 'doppler.json', 127, 18),
  packed('Blockfrost', 'blockfrost.yaml', 129, 0),
]

/** Whether a document may be left out: a large one that is not there, on a machine that need not have it. */
export function isLeftOut({ file, isLarge }: CorpusDocument): boolean {
  if (isLarge !== true || existsSync(file)) return false
  if (process.env['CI'] !== undefined)
    throw new Error(`There is no ${file}: scripts/install-openapi-documents.sh installs it.`)
  return true
}

function example(path: string, operations: number, creations: number): CorpusDocument {
  return { name: path, file: join(examples, path), operations, creations }
}

function packaged(name: string, path: string, operations: number, creations: number): CorpusDocument {
  return { name, file: join(modules, path), operations, creations }
}

function packed(name: string, file: string, operations: number, creations: number): CorpusDocument {
  return { name, file: join(large, file), operations, creations, isLarge: true }
}
