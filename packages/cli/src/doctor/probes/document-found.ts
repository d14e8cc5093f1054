import type { TargetError } from '@createonce/verifier'
import { documentOf } from '../document.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'

export const documentFound: Probe = {
  id: 'document-found',
  needs: 'The OpenAPI document is found',
  how: "The profile's `document` is read, with its `headers`; where it names none, the usual paths below `baseUrl` are tried, and finding none is a warning.",
  why: '`smoke` and `verify` learn from it what can be created.',
  mend: 'Name its address or its file with `document` in the profile.',
  needsApi: true,
  look: async (surroundings) => [await judge(surroundings)],
}

const NOT_FOUND: ReadonlySet<string> = new Set<TargetError['code']>([
  'unreachable',
  'timeout',
  'too-large',
  'http-error',
  'no-document',
  'file-not-found',
  'html-instead',
  'bad-base-url',
])

async function judge(surroundings: Surroundings): Promise<Reading> {
  const { document } = surroundings.profile
  const subject = document ?? ''
  const variable = unsetIn(surroundings, 'baseUrl', 'document', 'headers')
  if (variable !== undefined) return { kind: 'unknown', subject, seen: `${variable} is not set` }
  const found = await documentOf(surroundings)
  if (found.kind === 'understood') {
    const { source, version, title } = found.target.document
    return { kind: 'good', subject, seen: `${title}, OpenAPI ${version}, at ${source}` }
  }
  const { code, message } = found.error
  if (!NOT_FOUND.has(code)) return { kind: 'good', subject, seen: 'there is one' }
  if (document !== undefined) return { kind: 'bad', subject, seen: message }
  // An API that does not answer says nothing about its document, and need not publish one.
  return { kind: code === 'no-document' ? 'warning' : 'unknown', subject, seen: message }
}
