/** The deep link to a cell: `#operation/check`, each part encoded, so that a slash in an operation's name is no border. */
export function cellLink(operation: string, check: string): string {
  return `#${encoded(operation)}/${encoded(check)}`
}

function encoded(text: string): string {
  // Half a surrogate pair, which a document may well contain, cannot be encoded.
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'))
}
