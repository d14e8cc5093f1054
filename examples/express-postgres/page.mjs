import { z } from 'zod'
import { answerProblem } from './problem.mjs'

// The query of a list: the id after which the page begins, and how many items it has at most.
const pageQuery = z.object({
  after: z.uuid().nullable().default(null),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Answers one page, and where the next one is. `find` is asked for one row more than fits, which tells whether there is one. */
export async function answerPage(request, response, represent, find) {
  const query = pageQuery.safeParse(request.query)
  if (!query.success) return answerProblem(response, 400, z.prettifyError(query.error))
  const { after, limit } = query.data
  const rows = await find({ after, limit: limit + 1 })
  const items = rows.slice(0, limit).map(represent)
  response.json({
    items,
    ...(rows.length > limit && { next: `${request.path}?after=${items.at(-1).id}&limit=${limit}` }),
  })
}
