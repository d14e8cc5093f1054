/** What every route may answer besides: an RFC 9457 problem. */
export const refused = {
  '4xx': { description: 'A problem.', content: { 'application/problem+json': { schema: { type: 'object' } } } },
}

/** The schema of a list's route: the query and a page of these items. */
export function listOf(operationId, item) {
  return {
    operationId,
    querystring: {
      type: 'object',
      properties: {
        after: { type: 'string', maxLength: 100 },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
      },
    },
    response: {
      200: {
        type: 'object',
        properties: { items: { type: 'array', items: item }, next: { type: 'string' } },
        required: ['items'],
      },
      ...refused,
    },
  }
}

/** Makes a page of the items that were found, one more than fits where there is a next page. */
export function toPage(items, { limit, path, after }) {
  const shown = items.slice(0, limit)
  return {
    items: shown,
    ...(items.length > limit && { next: `${path}?after=${encodeURIComponent(after(shown.at(-1)))}&limit=${limit}` }),
  }
}
