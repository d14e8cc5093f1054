/** What an API by PUT calls its things; a judge must not depend on any of these. */
export interface PutWords {
  readonly prefix: string
  readonly collection: string
  readonly parent: string
  /** The path parameter, and the member that repeats it. */
  readonly parameter: string
  readonly id: string
  readonly title: string
  readonly count: string
  readonly note: string
  readonly createdAt: string
}

/** The words of the first copy. */
export const putWords: PutWords = {
  prefix: '',
  collection: 'notes',
  parent: 'folders',
  parameter: 'id',
  id: 'id',
  title: 'title',
  count: 'count',
  note: 'note',
  createdAt: 'createdAt',
}

/** The words of the second. */
export const otherPutWords: PutWords = {
  prefix: '/api/v2',
  collection: 'machines',
  parent: 'sites',
  parameter: 'machineKey',
  id: 'machineKey',
  title: 'caption',
  count: 'seats',
  note: 'remark',
  createdAt: 'addedOn',
}
