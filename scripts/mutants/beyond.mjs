// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are pieces of source text.
// Seeded faults in creation by PUT, in bulk, and in ETags. Suites, name, file below packages/server/src, the text (there
// once), the edit.
const PUT = ['test/creation/put.test']
const BULK = ['test/creation/bulk.test']
const ETAG = ['test/creation/etag-of']

const faults = [
  [
    PUT,
    'PUT: a taken name is no conflict',
    'creation/put/perform-put.ts',
    'if (row !== undefined || isNamed)',
    'if (row === null && isNamed)',
  ],
  [
    PUT,
    'PUT: what exists is replaced in spite of *',
    'creation/put/conditions.ts',
    "!== 'tags') return true",
    "!== 'tags') return false",
  ],
  [
    PUT,
    'PUT: If-Match takes weak tags',
    'creation/put/conditions.ts',
    `tag?.startsWith('"') === true && condition.tags.includes(tag)`,
    'tag !== undefined && condition.tags.some((one) => opaque(one) === opaque(tag))',
  ],
  [
    PUT,
    'PUT: If-Match is met where nothing is',
    'creation/put/perform-put.ts',
    '(row === undefined || !isMatched',
    '(row !== undefined && !isMatched',
  ],
  [
    PUT,
    'PUT: another name in the body is taken',
    'creation/put/name-input.ts',
    'String(own) === name',
    'name !== undefined',
  ],
  [
    PUT,
    'PUT: a validator of what was changed',
    'creation/put/answer-put.ts',
    'kept.text === sent.text',
    'kept.text !== undefined',
  ],
  [
    PUT,
    'PUT: a required condition is not',
    'creation/put/perform-put.ts',
    "&& condition === 'required')",
    '&& condition === undefined)',
  ],
  [
    BULK,
    'bulk: what was refused is committed',
    'creation/bulk/perform-bulk.ts',
    'if (refused.length > 0)',
    'if (answers.length === 0)',
  ],
  [
    BULK,
    'bulk: all items have one attemptKey',
    'creation/bulk/perform-bulk.ts',
    '${claim.key}\\n${index}',
    '${claim.key}\\n',
  ],
  [
    BULK,
    'bulk: a twin of this batch is linked',
    'creation/bulk/refuse-items.ts',
    'if (twin === undefined)',
    'if (twin !== -1)',
  ],
  [
    BULK,
    'bulk: only the first fault is told',
    'creation/bulk/read-items.ts',
    'else errors.push(...within(index, validated))',
    'else return invalid(within(index, validated), status)',
  ],
  [
    BULK,
    'bulk: one more than maxItems',
    'creation/bulk/read-items.ts',
    'value.length > maxItems',
    'value.length > maxItems + 1',
  ],
  [
    BULK,
    'bulk: the savepoint of BEGIN is used twice',
    'stores/postgres/transaction.ts',
    '        isMarkFree = false\n',
    '',
  ],
  [
    BULK,
    'bulk: 201 where nothing was created',
    'creation/bulk/answer-bulk.ts',
    'status: isCreated ? 201 : 200',
    'status: 201',
  ],
  [
    ETAG,
    'ETag: of the row, not of what is shown',
    'creation/etag-of.ts',
    'JSON.stringify(representation, sorted)',
    'JSON.stringify(row, sorted)',
  ],
  [ETAG, 'ETag: by the order of members', 'creation/etag-of.ts', '(one < other ? -1 : 1)', '0'],
]

export const mutants = faults.map(([suites, name, file, from, to]) => ({ suites, name, file, from, to }))
