import { createHash } from 'node:crypto'
import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { encodeContent } from '../http/encode-content.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A create with the digest of its content, and one with that of other content; or why there are none. */
export type DigestsTried =
  | { readonly kind: 'impossible'; readonly reason: string }
  /** Not even the right digest is taken. */
  | { readonly kind: 'untaken'; readonly right: Attempt }
  | {
      readonly kind: 'tried'
      readonly header: string
      readonly right: Attempt
      readonly wrong: Attempt
      /** What exists of the create with the wrong one, where it was not accepted. */
      readonly copies?: Copies
    }

const headers = ['Content-Digest', 'Repr-Digest'] as const
const algorithms = [
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
] as const

/** Sends digests where the API says that it heeds them. */
export const digests: Experiment<DigestsTried> = {
  name: 'create with a right digest and with a wrong one',
  async run(lab) {
    const first = await lab.ask(created)
    const read = await lab.ask(createdRead)
    const answers = [first.answer, ...(read.kind === 'read' ? [read.answer] : [])]
    const header = headers.find((name) => isDeclared(lab, name) || wishes(answers, name) !== undefined)
    if (header === undefined) return { kind: 'impossible', reason: 'the API does not say that it heeds digests' }
    const wished = wishes(answers, header)
    const algorithm = algorithms.find(([name]) => wished === undefined || isWished(wished, name))
    if (algorithm === undefined)
      return { kind: 'impossible', reason: 'the API wants digests by neither sha-256 nor sha-512' }
    const send = async (body: unknown, digested: (content: string) => string) => {
      const { mediaType = 'application/json', deep } = lab.operation.creation.body ?? {}
      const { content, type } = encodeContent(body, mediaType, deep)
      const digest = createHash(algorithm[1]).update(digested(content)).digest('base64')
      return await lab.post({
        body,
        raw: content,
        mediaType: type,
        headers: [[header, `${algorithm[0]}=:${digest}:`]],
      })
    }
    const right = await send(lab.newBody(), (content) => content)
    if (!accepted(right)) return { kind: 'untaken', right }
    const body = lab.newBody()
    const wrong = await send(body, (content) => `${content} `)
    if (accepted(wrong)) return { kind: 'tried', header, right, wrong }
    return { kind: 'tried', header, right, wrong, copies: await observedCopies(lab, body, []) }
  },
}

function isDeclared({ operation: { creation } }: Lab, header: string): boolean {
  return creation.parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === header.toLowerCase())
}

/** What the answers want (RFC 9530 §4): algorithms with weights, of which 0 stands for none. */
function wishes(answers: readonly Answer[], header: string): string | undefined {
  const lines = answers.flatMap((answer) => headerValues(answer, `Want-${header}`))
  return lines.length === 0 ? undefined : lines.join(',')
}

function isWished(wished: string, algorithm: string): boolean {
  return wished.split(',').some((one) => new RegExp(`^\\s*${algorithm}\\s*=\\s*([1-9]|10)\\s*$`).test(one))
}
