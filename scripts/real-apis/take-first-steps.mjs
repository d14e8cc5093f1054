import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fill } from './fill.mjs'

/** Sends the requests that an API needs before it can be verified, and returns what was taken from the answers. */
export async function takeFirstSteps(steps, values) {
  let known = values
  for (const step of steps) {
    const { request = '', headers, body, take = {} } = fill(step, known)
    const answer = request === '' ? undefined : await send(request, headers, body, known.base)
    const taken = Object.entries(take).map(([name, from]) => [name, read(from, answer, known.folder)])
    known = { ...known, ...Object.fromEntries(taken) }
  }
  return known
}

async function send(request, headers, body, base) {
  const [method, path] = request.split(' ')
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${request} was answered ${answer.status}: ${text.slice(0, 500)}`)
  return text
}

function read(from, answer, folder) {
  if (from.startsWith('file:')) return readFileSync(join(folder, from.slice(5)), 'utf8').trim()
  const parts = from.split('/').slice(1)
  const value = parts.reduce((node, part) => node?.[part], JSON.parse(answer))
  if (value === undefined) throw new Error(`the answer has nothing at ${from}: ${answer.slice(0, 500)}`)
  return String(value)
}
