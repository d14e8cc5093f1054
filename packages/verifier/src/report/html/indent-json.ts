/**
 * JSON over several lines, every token as it was: parsing and writing it anew would change numbers and hide members
 * that are there twice. Undefined for what is no JSON.
 */
export function indentJson(text: string): string | undefined {
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? []
  let depth = 0
  let out = ''
  const line = () => `\n${'  '.repeat(depth)}`
  tokens.forEach((token, index) => {
    if (token === '{' || token === '[') {
      depth += 1
      out += /^[\]}]$/.test(tokens[index + 1] ?? '') ? token : token + line()
    } else if (token === '}' || token === ']') {
      depth -= 1
      out += /^[[{]$/.test(tokens[index - 1] ?? '') ? token : line() + token
    } else if (token === ',') out += token + line()
    else out += token === ':' ? ': ' : token
  })
  return out
}
