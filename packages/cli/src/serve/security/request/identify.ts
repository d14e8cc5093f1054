import type { Credentials, Identity } from '../credentials/credentials.ts'
import type { Presented } from './presented.ts'

/** Whom credentials stand for. */
export type Identified =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'wrong'; readonly why: string }

// One sentence for all: which part was wrong is nobody's business.
const WRONG: Identified = { kind: 'wrong', why: 'The credentials are not valid here.' }

/** Checks what a request brings against what is known. */
export async function identify(
  { tokens, verifyJwt }: Extract<Credentials, { kind: 'checked' }>,
  shown: Presented,
): Promise<Identified> {
  switch (shown.kind) {
    case 'absent':
      return shown
    case 'malformed':
      return { kind: 'wrong', why: shown.why }
    case 'secret': {
      const name = shown.secrets.map((secret) => tokens.nameOf(secret)).find((one) => one !== undefined)
      if (name !== undefined) return { kind: 'known', identity: { id: name } }
      // The header Authorization under another name: what it has is a bearer token.
      const [, token] = shown.secrets
      return token === undefined
        ? WRONG
        : identify({ kind: 'checked', tokens, ...(verifyJwt && { verifyJwt }) }, { kind: 'bearer', token })
    }
    case 'basic':
      return tokens.nameOf(shown.secret) === shown.name ? { kind: 'known', identity: { id: shown.name } } : WRONG
    case 'bearer': {
      const name = tokens.nameOf(shown.token)
      if (name !== undefined) return { kind: 'known', identity: { id: name } }
      if (verifyJwt === undefined) return WRONG
      const verified = await verifyJwt(shown.token)
      return 'why' in verified ? { kind: 'wrong', why: verified.why } : { kind: 'known', identity: verified }
    }
  }
}
