import { z } from 'zod'
import { answerProblem } from './problem.mjs'

/** Answers 404 where a parameter of the path is no UUID: there is nothing there, and PostgreSQL would refuse the comparison. */
export function refuseUnlessUuid(_request, response, next, value) {
  if (z.uuid().safeParse(value).success) next()
  else answerProblem(response, 404, 'There is nothing here.')
}
