import { neutralise, type TargetError } from '@createonce/verifier/document'
import { wrapWords } from '../wrap-words.ts'

const WIDTH = 100
// Up to here a list is read line by line; beyond it, places that answered alike are told together.
const FEW = 8

/** What kept a target from being judged, as text for a terminal: what is wrong, what was seen, what to do. */
export function explainTargetError({ message, seen, advice }: TargetError): string {
  const facts = (seen.length > FEW ? toldTogether(seen) : seen).flatMap((fact) => fact.split('\n'))
  return [`createonce: ${neutralise(message)}`, ...facts.map(toLine), advice, ''].join('\n')
}

function toldTogether(seen: readonly string[]): string[] {
  const byAnswer = new Map<string, string[]>()
  for (const fact of seen) {
    const [, place, answer] = /^(.*) → (.*)$/.exec(fact) ?? []
    const key = answer ?? fact
    byAnswer.set(key, [...(byAnswer.get(key) ?? []), ...(place === undefined ? [] : [place])])
  }
  return [...byAnswer].map(([answer, places]) => (places.length === 0 ? answer : `${answer}: ${places.join(' ')}`))
}

function toLine(fact: string): string {
  return `  ${wrapWords(neutralise(fact), WIDTH - 2, '    ')}`
}
