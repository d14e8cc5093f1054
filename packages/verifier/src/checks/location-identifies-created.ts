import type { Attempt } from '../experiments/attempt.ts'
import { created, createdAgain, createdAgainRead, createdRead } from '../experiments/created.ts'
import { carries } from '../experiments/marks.ts'
import type { ReadBack } from '../experiments/read-back.ts'
import { identifierOf } from '../experiments/resource.ts'
import type { Check } from './check.ts'
import { quote } from './quote.ts'
import { fail, inconclusive, pass, skip, type Verdict } from './verdict.ts'

/** Location names just what this request created. */
export const locationIdentifiesCreated: Check = {
  id: 'location-identifies-created',
  group: 'location',
  title: 'Location names the resource that this request created',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §10.2.2, §15.3.2',
  async run(ask, operation) {
    const first = await ask(created)
    const second = await ask(createdAgain)
    const [one, two] = [first.locations[0], second.locations[0]]
    if (one === undefined || two === undefined) return skip('the answer has no Location')
    if (first.status === 202) return skip('the create was only accepted (202); Location may name a monitor')
    const wrong = (message: string, evidence: Parameters<typeof fail>[0]['evidence']): Verdict =>
      fail({ message, fix: 'Build Location from the id of the row that this very request inserted.', evidence })
    if (!URL.canParse(one, first.answer.request.url))
      return inconclusive(`Location is no usable URL: ${quote(one)}`, first)
    if (samePath(one, first))
      return wrong(
        `Location is the URL that was posted to: ${quote(one)}. It should name the new resource (RFC 9110 §10.2.2).`,
        [first],
      )
    if (one === two) {
      return wrong(`Two creates from different bodies answered with the same Location ${quote(one)}.`, [first, second])
    }
    for (const [attempt, read, other] of [
      [first, await ask(createdRead), second],
      [second, await ask(createdAgainRead), first],
    ] as const) {
      if (read.kind !== 'read' || read.via !== 'location') continue
      const seen = strangerAt(attempt, read, other, (node) => identifierOf(node, operation.creation)?.value)
      if (seen !== undefined) return wrong(seen, [attempt, read.answer])
    }
    const read = await ask(createdRead)
    return read.kind === 'read' && read.via === 'location'
      ? pass(first, second, read.answer)
      : inconclusive('what Location names could not be read', first)
  },
}

function samePath(location: string, { answer }: Attempt): boolean {
  const [at, posted] = [new URL(location, answer.request.url), new URL(answer.request.url)]
  const trim = (path: string) => path.replace(/\/+$/, '')
  return trim(at.pathname) === trim(posted.pathname) && at.search === posted.search
}

function strangerAt(
  attempt: Attempt,
  read: Extract<ReadBack, { kind: 'read' }>,
  other: Attempt,
  idOf: (node: NonNullable<typeof read.resource>) => string | undefined,
): string | undefined {
  const { resource } = read
  if (resource === undefined)
    return Array.isArray(read.json) ? `Location leads to a list, not to the new resource.` : undefined
  const member = attempt.id?.member
  const shown = member !== undefined && member in resource ? String(resource[member]) : idOf(resource)
  if (attempt.id !== undefined && shown !== undefined && shown !== attempt.id.value) {
    return `The answer to the create has ${attempt.id.member} ${quote(attempt.id.value)}, and what its Location leads to has ${quote(shown)}.`
  }
  if (carries(resource, other.marks) && !carries(resource, attempt.marks))
    return 'Location leads to a resource with the content of another create.'
  return undefined
}
