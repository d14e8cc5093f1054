import { STATUS_CODES } from 'node:http'

/** Answers with an RFC 9457 problem that has no type of its own. */
export function answerProblem(response, status, detail) {
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail }
  response.status(status).type('application/problem+json').send(JSON.stringify(problem))
}
