/** Path parameters as routers hand them out: a catch-all is a list of segments, an optional one may be missing. */
export type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The parameters of a route: `context.params`, which Next.js makes a promise of, or `request.params` of Bun. The segments
 * of a catch-all are joined with `/`.
 */
export async function readParams(request: Request, context: object | undefined): Promise<Record<string, string>> {
  const params = (context as Holder | undefined)?.params ?? (request as Holder).params
  const read: Record<string, string> = {}
  if (typeof params !== 'object' || params === null) return read
  for (const [name, value] of Object.entries((await params) as RawParams)) {
    if (value !== undefined) read[name] = typeof value === 'string' ? value : value.join('/')
  }
  return read
}

type Holder = { readonly params?: unknown }
