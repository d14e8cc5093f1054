// Requests that are under way at once.
const AT_ONCE = 8
const MOST_SHOWN = 300

/**
 * Asks every operation that is said not to be served, and every GET of the others: the first have to answer 501 as a
 * problem, the second anything but a fault. Returns what did not.
 */
export async function askDeclared(origin, operations) {
  const faults = []
  const waiting = operations.filter(({ isServed, method }) => !isServed || method === 'GET')
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
        const fault = await ask(origin, one)
        if (fault !== undefined) faults.push(fault)
      }
    }),
  )
  return faults
}

async function ask(origin, { method, path, isServed, why, credentials: { headers, query } }) {
  const filled = path.replaceAll(/\{[^}]*\}/g, '1')
  const url = `${origin}${filled}${query === '' ? '' : `${filled.includes('?') ? '&' : '?'}${query}`}`
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: [...headers, ...(hasBody ? [['Content-Type', 'application/json']] : [])],
    ...(hasBody && { body: '{}' }),
  }).catch((error) => error)
  const fault = (message) => ({ operation: `${method} ${path}`, message, reproduce: `curl -i -X ${method} '${url}'` })
  if (answer instanceof Error) return fault(`no answer: ${answer.cause?.message ?? answer.message}`)
  const body = (await answer.text()).slice(0, MOST_SHOWN)
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]
  if (!isServed) {
    if (answer.status !== 501) return fault(`not served (${why}), and answers ${answer.status}: ${body}`)
    if (type !== 'application/problem+json') return fault(`501 as ${type || 'no type'}: ${body}`)
    return undefined
  }
  // What has an id in its path may well not be there; a collection is.
  if (answer.status >= 500 || (answer.status === 404 && !path.includes('{')))
    return fault(`served, and answers ${answer.status}: ${body}`)
  return undefined
}
