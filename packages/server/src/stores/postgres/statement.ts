import { createHash } from 'node:crypto'

/** A value as text, or an array of such values; its column's type says what the text means. */
export type Value = string | null | readonly (string | null)[]

/** A statement of the library's own. */
export interface Statement {
  /** The name under which a connection may keep it, or nothing where connections may keep no names. */
  readonly name: string
  /** The types of its parameters; none for a command such as COMMIT. */
  readonly types: readonly string[]
  /** Its text, with the given texts in the places of the parameters. */
  write(parameters: readonly string[]): string
  /** Its text over `$1`, `$2` … */
  readonly text: string
  /** Commands can be prepared by the protocol, but not by PREPARE. */
  readonly isCommand: boolean
  /** The columns of its rows, all of them text. */
  readonly columns: readonly string[]
}

/** A statement with its values: one step of a message. */
export interface Step {
  readonly statement: Statement
  readonly values: readonly Value[]
}

const NO_VALUES: readonly Value[] = []

/** Makes a statement, and of it a step for given values. Each parameter is written with its type. */
export function defineStatement(
  {
    name,
    types,
    columns = [],
    isPrepared,
  }: Pick<Statement, 'types'> & {
    readonly name: string
    readonly columns?: readonly string[]
    readonly isPrepared: boolean
  },
  write: (...parameters: string[]) => string,
): (...values: readonly Value[]) => Step {
  const writeTyped = (parameters: readonly string[]): string =>
    write(...parameters.map((parameter, index) => `${parameter}::${types[index]}`))
  const text = writeTyped(types.map((_, index) => `$${index + 1}`))
  const statement: Statement = {
    name: isPrepared ? nameOf(name, text) : '',
    types,
    write: writeTyped,
    text,
    isCommand: false,
    columns,
  }
  return (...values) => {
    for (const value of values) {
      if (typeof value === 'string' && value.includes('\0')) throw noZero()
      if (typeof value === 'object' && value?.some((one) => one?.includes('\0'))) throw noZero()
    }
    return { statement, values }
  }
}

/** Makes the step of a command without parameters: BEGIN, SAVEPOINT, COMMIT. */
export function defineCommand(text: string, isPrepared: boolean): Step {
  const name = isPrepared ? nameOf(/^\w+/.exec(text)![0], text) : ''
  return { statement: { name, types: [], write: () => text, text, isCommand: true, columns: [] }, values: NO_VALUES }
}

/** Two stores, or two versions of the library, over one pool must not take each other's statements. */
function nameOf(name: string, text: string): string {
  return `createonce_${name}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}

function noZero(): TypeError {
  return new TypeError('PostgreSQL keeps no U+0000 in text; encode it, as JSON does.')
}
