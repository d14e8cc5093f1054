import { failure } from './failure.mjs'

// Stands for your way to know callers: sessions, JSON Web Tokens, a table of API keys.
const users = new Map([
  ['Bearer secret-of-ann', 'ann'],
  ['Bearer secret-of-bob', 'bob'],
])

/** Names the caller as `request.user`, which scopes both the rows and the idempotency keys. */
export async function authenticate(request, reply) {
  const user = users.get(request.headers.authorization)
  if (user === undefined) {
    reply.header('WWW-Authenticate', 'Bearer')
    throw failure(401, 'Send a bearer token.')
  }
  request.user = user
}
