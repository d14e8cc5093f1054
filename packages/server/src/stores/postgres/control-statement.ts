// Whitespace, empty statements and line comments before the first word. PostgreSQL nests block comments, which no
// regular expression can follow; they are skipped by counting.
const BLANK = /(?:[\s;\ufeff]|--[^\n\r]*)*/y
const WORDS = /[a-z]+(?:\s+[a-z"][\w$"]*){0,3}/iy

// The names of the library's own savepoints begin like this.
const OWN = /^"?createonce_/i

/**
 * The words with which a statement would end the transaction, or touch the library's own savepoints; undefined for
 * every other statement. Savepoints of the author's own are fine: they nest.
 */
export function controlStatement(sql: string): string | undefined {
  const known = judged.get(sql)
  if (known !== undefined) return known === HARMLESS ? undefined : known
  const control = judge(sql)
  if (sql.length <= LONGEST_KEPT) {
    if (judged.size >= MOST_KEPT) judged.clear()
    judged.set(sql, control ?? HARMLESS)
  }
  return control
}

// An author has few statements, and runs them often; whoever writes values into them must not fill the memory.
const judged = new Map<string, string>()
const MOST_KEPT = 500
const LONGEST_KEPT = 1_000
const HARMLESS = ''

function judge(sql: string): string | undefined {
  WORDS.lastIndex = skipBlank(sql)
  const words = WORDS.exec(sql)?.[0].toUpperCase().split(/\s+/) ?? []
  const [first = '', second = ''] = words
  switch (first) {
    case 'BEGIN':
    case 'START':
    case 'COMMIT':
    case 'END':
    case 'ABORT':
      return first
    case 'PREPARE':
      return second === 'TRANSACTION' ? 'PREPARE TRANSACTION' : undefined
    case 'ROLLBACK': {
      const rest = words.slice(second === 'WORK' || second === 'TRANSACTION' ? 2 : 1)
      const name = rest[0] === 'TO' ? (rest[1] === 'SAVEPOINT' ? savepointOf(sql) : rest[1]) : undefined
      return name === undefined || OWN.test(name) ? 'ROLLBACK' : undefined
    }
    case 'SAVEPOINT':
    case 'RELEASE':
      return OWN.test(savepointOf(sql)) ? `${first} of the library's own savepoint` : undefined
    default:
      return undefined
  }
}

/** The name at the end of a savepoint's statement. */
function savepointOf(sql: string): string {
  return /([\w$"]+)[\s;]*$/.exec(sql)?.[1] ?? ''
}

function skipBlank(sql: string): number {
  let at = 0
  for (;;) {
    BLANK.lastIndex = at
    at += BLANK.exec(sql)?.[0].length ?? 0
    if (!sql.startsWith('/*', at)) return at
    at = endOfComment(sql, at)
  }
}

function endOfComment(sql: string, start: number): number {
  let depth = 0
  for (let at = start; at < sql.length; ) {
    if (sql.startsWith('/*', at)) {
      depth += 1
      at += 2
    } else if (sql.startsWith('*/', at)) {
      depth -= 1
      at += 2
      if (depth === 0) return at
    } else at += 1
  }
  return sql.length
}
