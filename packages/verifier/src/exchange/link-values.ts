import type { Answer } from './exchange.ts'
import { headerValues } from './header-values.ts'

/** One link of a Link header. */
export interface LinkValue {
  /** As it is written: relative to the URL of the request. */
  readonly url: string
  /** In lower case, in their order. */
  readonly relations: readonly string[]
  /** Whether it says itself what it is a link of (RFC 8288 §3.2), and is not about what is answered. */
  readonly isAnchored: boolean
}

// A link-value of RFC 8288 §3: quoted parameters may hold commas and semicolons, and `rel` more than one relation.
const linkValue = /<([^>]*)>((?:\s*;\s*[\w*!#$%&'+.^`|~-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)/g

/** The links of an answer's Link headers, in their order. */
export function linkValues(answer: Answer): LinkValue[] {
  const lines = headerValues(answer, 'link').join(', ')
  return [...lines.matchAll(linkValue)].map(([, url = '', parameters = '']) => {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters) ?? []
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/)
    return { url, relations, isAnchored: /;\s*anchor\s*=/i.test(parameters) }
  })
}
