/**
 * A target whose parents that nobody can create have a name: where nothing in a document creates a shop, the books of
 * any shop are served, and the judge has to be told of one. Examples of the document stay.
 */
export function withParents(target) {
  return { ...target, creations: target.creations.map(named) }
}

function named(creation) {
  const isOwn = (name) => creation.method === 'PUT' && creation.path.endsWith(`{${name}}`)
  const isCreated = (name) => creation.parents.some(({ parameter }) => parameter === name)
  const parameters = creation.parameters.map((one) => {
    if (one.in !== 'path' || one.example !== undefined || isOwn(one.name) || isCreated(one.name)) return one
    return { ...one, example: exampleOf(one.schema) }
  })
  return { ...creation, parameters }
}

function exampleOf(schema) {
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0]
  const given = schema.example ?? schema.default ?? schema.const ?? schema.enum?.[0]
  if (given !== undefined) return given
  const types = [schema.type].flat()
  if (types.includes('integer') || types.includes('number')) return schema.minimum ?? 1
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000001'
  return 'a'.repeat(Math.max(1, schema.minLength ?? 1))
}
