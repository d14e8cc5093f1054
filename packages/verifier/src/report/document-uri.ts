/** Where the document lies, as a URI reference: a relative path stays one, so that a code host finds the file. */
export function documentUri(source: string): string {
  const text = source.replace(/[\ud800-\udfff]/gu, '\ufffd')
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href
  const path = text.split(/[\\/]/).map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}
