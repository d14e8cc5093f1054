export const uuid = { type: 'string', format: 'uuid' }

/** What every route may answer besides: an RFC 9457 problem. */
export const refused = {
  '4xx': { description: 'A problem.', content: { 'application/problem+json': { schema: { type: 'object' } } } },
}

/** The parameters of a path, each a UUID. */
export function pathOf(...names) {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, uuid])), required: names }
}

export const pageQuery = {
  type: 'object',
  properties: { after: { type: 'integer' }, limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
}

/** A page of a list, the newest first. */
export function page(items) {
  return {
    type: 'object',
    properties: { items: { type: 'array', items }, next: { type: 'string' } },
    required: ['items'],
  }
}

/** Makes a page of the rows that were found, one more than fits where there is a next page. */
export function toPage(rows, { limit, path, represent }) {
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(represent),
    ...(rows.length > limit && { next: `${path}?after=${shown.at(-1).position}&limit=${limit}` }),
  }
}
