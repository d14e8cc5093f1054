/** Whether `Accept` names `text/html`, as browsers do, and wants it no less than JSON (RFC 9110 §12.5.1). */
export function prefersHtml(accept = ''): boolean {
  const html = weightOf('text/html', accept)
  return html > 0 && html >= weightOf('application/json', accept)
}

function weightOf(type: string, accept: string): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0
  }
  return 0
}
