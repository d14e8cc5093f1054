import { arrayText } from './array-text.ts'
import { dollarLiteral, textLiteral } from './literals.ts'
import type { Step, Value } from './statement.ts'

/**
 * Steps as one message of the simple protocol. What can be prepared is prepared under its name where `prepared` does
 * not know it yet, and executed by it.
 */
export function asText(steps: readonly Step[], prepared: Set<string>): string {
  return steps.map((step) => stepText(step, prepared)).join(';')
}

function stepText({ statement, values }: Step, prepared: Set<string>): string {
  const { name, types, text, isCommand } = statement
  if (isCommand) return text
  const literals = values.map(literal)
  if (name === '') return statement.write(literals)
  const prepare = prepared.has(name) ? '' : `prepare ${name}${types.length > 0 ? `(${types})` : ''} as ${text};`
  prepared.add(name)
  return `${prepare}execute ${name}${values.length > 0 ? `(${literals})` : ''}`
}

function literal(value: Value): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? textLiteral(value) : dollarLiteral(arrayText(value))
}
