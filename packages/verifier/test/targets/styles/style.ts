/** The kinds of ids that copies of an API exchange. */
export type IdKind = 'integer' | 'uuid' | 'slug' | 'text' | 'url'

/** Every choice that a correct API has, one member each. */
export interface Style {
  readonly name: string
  /** What answers: plain `node:http`, or Fastify. */
  readonly host: 'node' | 'fastify'
  readonly ids: IdKind
  readonly envelope: 'none' | 'data' | 'result' | 'json-api' | 'hal' | 'named'
  readonly list: 'array' | 'enveloped' | 'pages' | 'offset' | 'cursor' | 'link'
  readonly location: 'path' | 'absolute' | 'relative'
  /** The answer to a create. */
  readonly created: 'whole' | 'id' | 'empty' | '204' | '202'
  readonly duplicates: 'none' | '409' | '422' | '400' | '200' | '303' | 'allow'
  readonly invalid: 400 | 422
  readonly keys: 'none' | 'optional' | 'required'
  /** The answer to a key with another payload. */
  readonly reuse: 400 | 422
  readonly spelling: 'both' | 'bare' | 'quoted'
  readonly errors: 'problem' | 'own' | 'json-api'
  readonly nested: boolean
  /** Takes and ignores members that it does not know, null for what is absent, and numbers for text. */
  readonly soft: boolean
  /** Milliseconds until a list shows what was created. */
  readonly listLag: number
  readonly etag: boolean
  /** Whether the document says so itself (`x-creation`), or only by its parameters and responses. */
  readonly declares: boolean
  /** How much the document says about answers: each that there is, some by `default`, or successes alone. */
  readonly documents: 'whole' | 'default' | 'successes'
  /** Whether something deletes. */
  readonly deletes: boolean
}

const usual: Style = {
  name: 'usual',
  host: 'node',
  ids: 'integer',
  envelope: 'none',
  list: 'array',
  location: 'path',
  created: 'whole',
  duplicates: 'none',
  invalid: 400,
  keys: 'none',
  reuse: 422,
  spelling: 'both',
  errors: 'problem',
  nested: false,
  soft: false,
  listLag: 0,
  etag: false,
  declares: true,
  documents: 'whole',
  deletes: true,
}

/** A style by what differs from the usual one. */
export function style(name: string, choices: Partial<Style> = {}): Style {
  return { ...usual, ...choices, name }
}

// The copy of a target has ids of another kind.
const exchanged: Readonly<Record<IdKind, IdKind>> = {
  integer: 'uuid',
  uuid: 'integer',
  slug: 'text',
  text: 'slug',
  url: 'integer',
}

/** The same style with ids of another kind. */
export function withOtherIds(own: Style): Style {
  return { ...own, ids: exchanged[own.ids] }
}
