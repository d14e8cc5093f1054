import { boundaryOutcome, usualLosses } from '../evidence/boundary-loss.ts'
import { describedLoss } from '../evidence/described-loss.ts'
import type { Loss } from '../evidence/losses.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { boundaryBodies } from '../experiments/boundary-bodies.ts'
import { created, createdRead } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** Every script is text. */
export const unicodeRoundtrip: Check = {
  id: 'unicode-roundtrip',
  group: 'representation',
  title: 'Text of every script is read back unchanged',
  level: 'error',
  basis: 'derived',
  source: 'RFC 8259 §8.1',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const tried = (await ask(boundaryBodies)).find(({ boundary }) => boundary.about === 'unicode')
    if (tried === undefined) return skip('no member takes any text')
    const usual = usualLosses(create, await ask(createdRead), operation)
    const outcome = boundaryOutcome(tried, usual, operation)
    const { exchange } = tried.tried
    // What else a member of an example may hold is not known: it may be a choice of two words.
    const guess = operation.schemaIsGuess ? { level: 'warning' as const } : {}
    if (outcome.kind === 'broken') {
      return fail({
        message: `Text of many scripts at ${tried.boundary.pointer}${operation.schemaIsGuess ? '' : ', which the document allows,'} ${outcome.seen}. JSON is UTF-8 (RFC 8259 §8.1): a character that cannot be stored is refused with 4xx.`,
        fix,
        evidence: [exchange],
        ...guess,
      })
    }
    if (outcome.kind === 'unseen')
      return inconclusive('text of many scripts was refused, or nothing shows it', exchange)
    const read = tried.read?.kind === 'read' ? [tried.read.answer] : []
    if (outcome.kind === 'kept') return pass(exchange, ...read)
    if (outcome.by === 'anything') return inconclusive('what else was sent is not kept either', exchange, ...read)
    const normalised = outcome.lost.every(isNormalised)
    return fail({
      message: `Text of many scripts was accepted and is read back differently: ${listed(outcome.lost.map(describedLoss))}.${normalised ? ' Both are the same text in another normal form of Unicode, which the document should say.' : ''}`,
      fix,
      evidence: [exchange, ...read],
      // Normalising is a choice that some make on purpose: nothing a reader would notice is lost.
      ...(normalised ? { level: 'note' as const } : guess),
    })
  },
}

const fix =
  'Keep text as UTF-8 from the request to the column (utf8mb4 in MySQL), and count and cut it by characters, not by bytes or UTF-16 units.'

function isNormalised({ sent, seen }: Loss): boolean {
  return typeof sent === 'string' && typeof seen === 'string' && sent.normalize('NFC') === seen.normalize('NFC')
}
