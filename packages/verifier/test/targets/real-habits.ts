import { serve } from './serve.ts'

type Tea = Record<string, unknown>

/** What an API may do otherwise than a plain one. */
export interface Habits {
  /** What becomes of what was sent. */
  readonly stored?: (tea: Tea) => Tea
  /** What the answer to a create shows. */
  readonly wrapped?: (tea: Tea) => object
  readonly location?: string
  readonly takesEmpty?: boolean
  readonly takesId?: boolean
  /** The member by which a tea is found. @default id */
  readonly idMember?: string
  /** The only words that the list `aims` may hold. */
  readonly words?: readonly string[]
  /** Whether a name may be there once only. */
  readonly isUnique?: boolean
}

/** A plain API of teas with the habits of real ones. */
export async function startHabits(habits: Habits): ReturnType<typeof serve> {
  const { stored = (tea) => tea, wrapped = (tea) => tea, idMember = 'id' } = habits
  const teas: Tea[] = []
  let last = 0
  const create = (body: Buffer) => {
    if (body.length === 0 && !habits.takesEmpty) return { status: 400, body: { error: 'no content' } }
    let sent: unknown
    try {
      sent =
        body.length === 0 ? { name: 'untitled' } : JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(body))
    } catch {
      return { status: 400, body: { error: 'no JSON' } }
    }
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
      return { status: 400, body: { error: 'no object' } }
    }
    const given = sent as Tea
    const { aims } = given
    if (habits.words && !(Array.isArray(aims) && aims.length > 0 && aims.every((aim) => habits.words?.includes(aim)))) {
      return { status: 400, body: { error: 'aims' } }
    }
    if (habits.isUnique && teas.some(({ name }) => name === given['name'])) {
      return { status: 409, body: { error: 'name is taken' } }
    }
    last += 1
    const own = idMember === 'id' ? { id: habits.takesId && given['id'] !== undefined ? given['id'] : last } : {}
    const tea = { ...stored(given), ...own }
    teas.push(tea)
    return { status: 201, body: wrapped(tea), ...(habits.location && { headers: { Location: habits.location } }) }
  }
  return await serve(
    () => ({}),
    (method, url, _headers, body) => {
      const id = decodeURIComponent(url.pathname.split('/')[2] ?? '')
      if (id === '') return method === 'POST' ? create(body) : { status: 200, body: teas }
      const at = teas.findIndex((tea) => String(tea[idMember]) === id)
      if (at < 0) return { status: 404, body: { error: 'unknown' } }
      if (method !== 'DELETE') return { status: 200, body: teas[at] }
      teas.splice(at, 1)
      return { status: 204 }
    },
  )
}
