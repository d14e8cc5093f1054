// Nothing but what a page names; no page of another site may frame it, and no base moves its relative links.
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The header fields of a page for browsers, which may load what `allowed` names (Content Security Policy Level 3). */
export function contentPolicy(allowed: string): Readonly<Record<string, string>> {
  return { 'Content-Security-Policy': `${NOTHING}; ${allowed}`, 'Referrer-Policy': 'no-referrer' }
}
