/** The URL that a text is, or undefined; `URL.parse` came with Node 22 only. */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  return URL.canParse(text, base?.toString()) ? new URL(text, base) : undefined
}
