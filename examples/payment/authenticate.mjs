import { answerProblem } from './problem.mjs'

// Stands for your way to know callers: sessions, JSON Web Tokens, a table of API keys.
const users = new Map([
  ['Bearer secret-of-ann', 'ann'],
  ['Bearer secret-of-bob', 'bob'],
])

/** Names the caller as `request.user`, which scopes both the rows and the idempotency keys. */
export function authenticate(request, response, next) {
  request.user = users.get(request.headers.authorization)
  if (request.user !== undefined) return next()
  response.set('WWW-Authenticate', 'Bearer')
  answerProblem(response, 401, 'Send a bearer token.')
}
