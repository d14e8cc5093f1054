/** What a query parameter of a list says, by its name in any spelling; none of these: it names a member, or is not served. */
export type ParameterKind = 'limit' | 'offset' | 'page' | 'cursor' | 'harmless'

const KINDS: Readonly<Record<ParameterKind, readonly string[]>> = {
  limit: [
    ...['limit', 'perpage', 'pagesize', 'size', 'maxresults', 'max', 'first', 'top', 'rows', 'take', 'pagelimit'],
    ...['maxitems', 'maxpagesize', 'resultsperpage', 'itemsperpage'],
  ],
  offset: ['offset', 'skip', 'startindex', 'pageoffset'],
  page: ['page', 'pagenumber', 'pageno', 'pageindex', 'currentpage'],
  cursor: ['after', 'cursor', 'pagetoken', 'nexttoken', 'startingafter', 'marker', 'continuationtoken', 'pageafter'],
  // They choose how an answer is spelled or who is asked, and every answer fits.
  harmless: ['apiversion', 'version', 'lang', 'language', 'locale', 'tz', 'timezone', 'pretty', 'pageable', 'format'],
}

/** Tells what a parameter is for: `per_page`, `pageSize` and `$top` are limits. */
export function parameterKind(name: string): ParameterKind | undefined {
  const bare = name.toLowerCase().replaceAll(/[^a-z]/g, '')
  return (Object.keys(KINDS) as ParameterKind[]).find((kind) => KINDS[kind].includes(bare))
}
