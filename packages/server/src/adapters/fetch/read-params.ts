/** Path parameters as routers hand them out: a catch-all is a list of segments, an optional one may be missing. */
export type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The parameters of a route: `context.params`, which Next.js makes a promise of, or `request.params` of Bun. The segments
 * of a catch-all are joined with `/`.
 */
export function readParams(
  request: Request,
  context: object | undefined,
): Record<string, string> | Promise<Record<string, string>> {
  const params = (context as Holder | undefined)?.params ?? (request as Holder).params
  if (typeof params !== 'object' || params === null) return {}
  // The promise may be another realm's, whose class is not ours.
  if (typeof (params as { then?: unknown }).then !== 'function') return toRecord(params as RawParams)
  return Promise.resolve(params as PromiseLike<RawParams>).then(toRecord)
}

function toRecord(params: RawParams): Record<string, string> {
  const read: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) read[name] = typeof value === 'string' ? value : value.join('/')
  }
  return read
}

type Holder = { readonly params?: unknown }
