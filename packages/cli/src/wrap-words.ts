/** Breaks a text at spaces into lines of at most `width` columns; every line but the first begins with the indent. */
export function wrapWords(text: string, width: number, indent: string): string {
  const [first = '', ...words] = text.split(' ')
  const lines: string[] = []
  let line = first
  for (const word of words) {
    if (line.length + 1 + word.length > width) {
      lines.push(line)
      line = `${indent}${word}`
    } else {
      line += ` ${word}`
    }
  }
  return [...lines, line].join('\n')
}
