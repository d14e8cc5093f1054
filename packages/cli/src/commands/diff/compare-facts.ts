import type { Difference, Fact } from './fact.ts'

/** Two environments fact by fact, and those that differ. */
interface Compared {
  readonly ones: ReadonlyMap<string, Fact>
  readonly others: ReadonlyMap<string, Fact>
  readonly differing: readonly Fact[]
}

/** What two environments do not share, in the order in which it was seen. */
export function compareFacts(one: readonly Fact[], other: readonly Fact[]): Difference[] {
  const ones = byKey(one)
  const others = byKey(other)
  const keys = new Map([...one, ...other].map((fact) => [keyOf(fact), fact]))
  const differing = [...keys.values()].filter((fact) => {
    return ones.get(keyOf(fact))?.value !== others.get(keyOf(fact))?.value
  })
  return differing
    .filter((fact) => !isExplained(fact, { ones, others, differing }))
    .map((fact) => ({
      subject: fact.subject,
      name: fact.name,
      one: shown(ones.get(keyOf(fact))),
      other: shown(others.get(keyOf(fact))),
    }))
}

/** Tells whether another difference says why this one is there. */
function isExplained(fact: Fact, { ones, others, differing }: Compared): boolean {
  const { subject, name } = fact
  const isOneSided = ones.get(keyOf(fact)) === undefined || others.get(keyOf(fact)) === undefined
  const differs = (what: string) => differing.some((one) => one.subject === subject && one.name === what)
  // Where one side was not judged, there is nothing to hold the other against but how it was answered.
  if (isOneSided && differs('judged')) return true
  // An answer that succeeds and one that does not have other headers and another body, too.
  const [step = '', ...rest] = name.split(' ')
  if (!differs(`${step} status`) || !/^(header|members|Location)/.test(rest.join(' '))) return false
  const status = { subject, name: `${step} status` }
  return [ones, others].some((facts) => !/^[23]/.test(facts.get(keyOf(status))?.value ?? ''))
}

function byKey(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [keyOf(fact), fact]))
}

function keyOf({ subject, name }: Pick<Fact, 'subject' | 'name'>): string {
  return `${subject}\n${name}`
}

function shown(fact: Fact | undefined): string | undefined {
  return fact?.shown ?? fact?.value
}
