/** The right choices of an API whose clients name what they create. */
export interface PutStyle {
  readonly name: string
  /** What names are like; `any text` is declared as a string and nothing more. */
  readonly names: 'uuid' | 'slug' | 'integer' | 'any text'
  /** Whether the body repeats the name: as a member that has to agree, as one that may be absent, or not at all. */
  readonly ownId: 'required' | 'optional' | 'none'
  /** Where the thing stands in bodies: `data` is what Kinto and JSON:API do. */
  readonly envelope: 'none' | 'data'
  /** What a create is answered with: the thing, or nothing. */
  readonly content: 'thing' | 'none'
  /** What is answered when something was replaced; `never` answers 409 then. */
  readonly replaced: 200 | 204 | 'never'
  /** What a PUT without a condition is answered where one is demanded. */
  readonly demands: 'nothing' | 428 | 405
  readonly location: boolean
  readonly etag: boolean
  /** Whether nothing is added to what was sent: then the answer to a PUT may have its tag. */
  readonly asSent: boolean
  /** Whether things lie below others, which are put as well. */
  readonly nested: boolean
  /** Whether the collection also takes POST, and what it does with ids of the client's. */
  readonly posts: 'no' | 'ignores ids' | 'refuses ids' | 'takes ids'
  readonly lists: boolean
  readonly deletes: boolean
  readonly invalid: 400 | 422
}

const usual: PutStyle = {
  name: 'usual',
  names: 'slug',
  ownId: 'none',
  envelope: 'none',
  content: 'thing',
  replaced: 200,
  demands: 'nothing',
  location: false,
  etag: false,
  asSent: false,
  nested: false,
  posts: 'no',
  lists: true,
  deletes: true,
  invalid: 422,
}

function style(name: string, choices: Partial<PutStyle> = {}): PutStyle {
  return { ...usual, ...choices, name }
}

/** The correct APIs by PUT: every choice at least once. */
export const putStyles: readonly PutStyle[] = [
  style('put'),
  style('put without content', { content: 'none', replaced: 204 }),
  style('put UUIDs with Location', { names: 'uuid', location: true, etag: true }),
  style('put numbers', { names: 'integer', ownId: 'required', invalid: 400 }),
  style('put with the id in the body', { ownId: 'required', names: 'uuid' }),
  style('put with an id that may be absent', { ownId: 'optional', replaced: 204 }),
  style('put in an envelope', { envelope: 'data', ownId: 'optional', names: 'any text', etag: true }),
  style('put and kept as it is', { asSent: true, etag: true, ownId: 'required' }),
  style('put tags without content', { etag: true, content: 'none', replaced: 204 }),
  style('put once only', { replaced: 'never', location: true }),
  style('put on a condition (428)', { demands: 428, etag: true, names: 'uuid' }),
  style('put on a condition (405)', { demands: 405, replaced: 'never' }),
  style('put below parents', { nested: true, names: 'uuid' }),
  style('put in an envelope below parents', { nested: true, envelope: 'data', ownId: 'optional', posts: 'takes ids' }),
  style('put beside a POST', { posts: 'ignores ids', names: 'uuid', location: true }),
  style('put beside a POST that refuses ids', { posts: 'refuses ids', names: 'any text' }),
  style('put beside a POST that takes ids', { posts: 'takes ids', names: 'uuid', ownId: 'optional' }),
  style('put without a list', { lists: false, names: 'uuid' }),
  style('put without a list, and nothing deletes', { lists: false, deletes: false, content: 'none', replaced: 204 }),
]

const exchanged = { uuid: 'integer', integer: 'uuid', slug: 'any text', 'any text': 'slug' } as const

/** The same style with names of another kind. */
export function withOtherNames(own: PutStyle): PutStyle {
  return { ...own, names: exchanged[own.names] }
}
