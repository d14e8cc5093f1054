import { HTTPException } from 'hono/http-exception'

// Stands for your way to know callers: sessions, JSON Web Tokens, a table of API keys.
const users = new Map([
  ['Bearer secret-of-ann', 'ann'],
  ['Bearer secret-of-bob', 'bob'],
])

/** Names the caller as `c.get('user')`, which scopes both the rows and the idempotency keys. */
export async function authenticate(c, next) {
  const user = users.get(c.req.header('Authorization'))
  if (user === undefined) {
    c.header('WWW-Authenticate', 'Bearer')
    throw new HTTPException(401, { message: 'Send a bearer token.' })
  }
  c.set('user', user)
  await next()
}
