/** What `Content-Length` says; undefined where it is missing, as it may be, or no number, which servers refuse. */
export function declaredLength(headers: Headers): number | undefined {
  const declared = headers.get('content-length')
  return declared !== null && /^\d+$/.test(declared) ? Number(declared) : undefined
}
