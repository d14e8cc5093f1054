import { createHash } from 'node:crypto'
import { type Answering, serve } from './serve.ts'

type Tea = Record<string, unknown>

/** What an API may do otherwise than a plain one. */
export interface Habits {
  /** What becomes of what was sent. */
  readonly stored?: (tea: Tea) => Tea
  /** What the answer to a create shows. */
  readonly wrapped?: (tea: Tea) => object | undefined
  readonly location?: string
  /** Whether answers have an ETag, which is made of their bytes. */
  readonly hasTags?: boolean
  readonly takesEmpty?: boolean
  readonly takesId?: boolean
  /** The member by which a tea is found. @default id */
  readonly idMember?: string
  /** The only words that the list `aims` may hold. */
  readonly words?: readonly string[]
  /** Whether a name may be there once only. */
  readonly isUnique?: boolean
  /** A member by which an existing tea is answered, with 200, instead of a second one. */
  readonly foundBy?: string
  /** What the list shows. */
  readonly listed?: (teas: readonly Tea[]) => unknown
  /** Which creates are put off with 503, counted from 0. */
  readonly isLocked?: (create: number, headers: Readonly<Record<string, unknown>>) => boolean
}

/** A plain API of teas with the habits of real ones. */
export async function startHabits(habits: Habits): ReturnType<typeof serve> {
  const { stored = (tea) => tea, wrapped = (tea) => tea, idMember = 'id' } = habits
  const teas: Tea[] = []
  let last = 0
  let asked = -1
  const create = (body: Buffer, headers: Readonly<Record<string, unknown>>): Answering => {
    asked += 1
    if (habits.isLocked?.(asked, headers)) return { status: 503, body: { error: 'database is locked' } }
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
    const { foundBy } = habits
    const existing =
      foundBy !== undefined && given[foundBy] ? teas.find((tea) => tea[foundBy] === given[foundBy]) : undefined
    if (existing !== undefined) return { status: 200, body: wrapped(existing) }
    last += 1
    const own = idMember === 'id' ? { id: habits.takesId && given['id'] !== undefined ? given['id'] : last } : {}
    const tea = { ...stored(given), ...own }
    teas.push(tea)
    return {
      status: habits.foundBy === undefined ? 201 : 200,
      body: wrapped(tea),
      ...(habits.location && { headers: { Location: habits.location } }),
    }
  }
  const tagged = (answer: Answering): Answering => {
    if (!habits.hasTags) return answer
    const ETag = `"${createHash('sha256')
      .update(JSON.stringify(answer.body) ?? '')
      .digest('hex')}"`
    return { ...answer, headers: { ...answer.headers, ETag } }
  }
  return await serve(
    () => ({}),
    (method, url, headers, body) => {
      const id = decodeURIComponent(url.pathname.split('/')[2] ?? '')
      if (id === '' && method === 'POST') return tagged(create(body, headers))
      if (id === '') return tagged({ status: 200, body: habits.listed?.(teas) ?? teas })
      const at = teas.findIndex((tea) => String(tea[idMember]) === id)
      if (at < 0) return { status: 404, body: { error: 'unknown' } }
      if (method !== 'DELETE') return tagged({ status: 200, body: teas[at] })
      teas.splice(at, 1)
      return { status: 204 }
    },
  )
}
