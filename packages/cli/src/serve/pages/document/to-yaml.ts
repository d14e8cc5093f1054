// Writing YAML takes about 0.4 s a megabyte, in which the process does nothing else.
const MOST_CHARACTERS = 2_000_000

/** JSON text as YAML 1.2. A text that is too long to be rewritten in passing stays what it is: JSON is YAML 1.2, too. */
export async function toYaml(json: string): Promise<string> {
  if (json.length > MOST_CHARACTERS) return json
  // Loaded when it is needed: most servers never are asked for YAML.
  const { stringify } = await import('yaml')
  // Long lines are not folded, which would hide texts from a search.
  return stringify(JSON.parse(json), { lineWidth: 0 })
}
