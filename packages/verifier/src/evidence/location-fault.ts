import { quote } from './quote.ts'

// RFC 3986 §2: what may stand in a URI-reference, with every percent sign leading two hexadecimal digits.
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})+$/
// Square brackets are for IPv6 addresses only (RFC 3986 §3.2.2).
const strayBracket = /^(?!\w+:\/\/[^/]*\[[0-9A-Fa-f:.]+\][^/[\]]*(?:\/[^[\]]*)?$).*[[\]]/
const severalUris = /,\s*(?:https?:\/\/|\/)/

/** What is wrong with the Location lines of an answer to a request for `asked`; undefined where it is one good line. */
export function locationFault(
  lines: readonly string[],
  asked: string,
): { readonly message: string; readonly fix: string; readonly level?: 'warning' } | undefined {
  const [location, ...more] = lines
  if (location === undefined) return undefined
  if (more.length > 0) {
    return {
      message: `The answer has ${lines.length} Location lines: ${lines.map(quote).join(', ')}. RFC 9110 §10.2.2 allows one URI-reference and no list.`,
      fix: 'Set Location in one place only; often both the framework and the handler add it.',
    }
  }
  if (severalUris.test(location)) {
    return {
      message: `Location holds more than one URI: ${quote(location)}. RFC 9110 §10.2.2 allows one.`,
      fix: 'Send the URL of the one primary resource.',
    }
  }
  if (!uriReference.test(location) || strayBracket.test(location) || !URL.canParse(location, asked)) {
    return {
      message: `Location is no valid URI reference (RFC 3986 §4.1): ${quote(location)}.`,
      fix: 'Percent-encode every path segment (encodeURIComponent) before it goes into Location.',
    }
  }
  if (location.includes('#')) {
    return {
      message: `Location has a fragment: ${quote(location)}. RFC 9110 §10.2.2: on a 201 it refers to the created resource, and a fragment names no resource.`,
      fix: 'Send the URL of the resource itself, not of a page that shows it.',
      level: 'warning',
    }
  }
  return undefined
}
