import type { HeaderLine } from '../exchange/exchange.ts'
import { secretNames } from '../exchange/mask-secrets.ts'

/** Somebody else than the run's own principal: another one, nobody, or one with credentials that nobody gave out. */
export type Stranger = 'other' | 'nobody' | 'impostor'

/** The header lines by which strangers call, each absent where there is no such one. */
export type Principals = Readonly<Partial<Record<Stranger, readonly HeaderLine[]>>>

/**
 * Tells apart what of the run's header lines are credentials: what is one by its name, what the operation declares, and
 * what the second principal has too.
 *
 * @param declared - the names of the headers that the operation declares as its security.
 */
export function principalsOf(
  own: readonly HeaderLine[],
  others: readonly HeaderLine[],
  declared: readonly string[],
): Principals {
  const known = [...declared, ...others.map(([name]) => name)].map((name) => name.toLowerCase())
  const isCredential = ([name]: HeaderLine) => secretNames.test(name) || known.includes(name.toLowerCase())
  const plain = own.filter((line) => !isCredential(line))
  const credentials = own.filter(isCredential)
  const other = [...plain, ...others]
  // A name that anybody may put in a header is no credential that can be wrong.
  const isChecked = credentials.every(([name]) => name.toLowerCase() === 'authorization' || declared.includes(name))
  return {
    ...(others.length > 0 && !same(own, other) ? { other } : {}),
    ...(credentials.length > 0 ? { nobody: plain } : {}),
    ...(credentials.length > 0 && isChecked ? { impostor: [...plain, ...credentials.map(broken)] } : {}),
  }
}

function broken([name, value]: HeaderLine): HeaderLine {
  const scheme = /^(\w+) /.exec(value)?.[1]
  // Another user: a real one could be locked out by a wrong password.
  if (scheme?.toLowerCase() === 'basic') return [name, `Basic ${btoa('createonce-nobody:createonce-wrong')}`]
  return [name, scheme === undefined ? 'createonce-wrong' : `${scheme} createonce-wrong`]
}

function same(one: readonly HeaderLine[], other: readonly HeaderLine[]): boolean {
  const text = (lines: readonly HeaderLine[]) => lines.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort()
  return text(one).join('\n') === text(other).join('\n')
}
