/** A text as an address that may be followed, in a form that needs no escape; undefined where it is none, or no http address. */
export function webAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol)
    ? url.href.replace(/[<>"'`\\]/g, encodeURIComponent)
    : undefined
}
