import type { TokenBook } from './token-book.ts'

/** Who a credential stands for. */
export interface Identity {
  /** The principal. */
  readonly id: string
  /** What it may do; undefined where it may do everything. */
  readonly scopes?: ReadonlySet<string>
}

/** Says whom a JSON Web Token stands for, or in a sentence why for nobody. */
export type VerifyJwt = (token: string) => Promise<Identity | { readonly why: string }>

/** What requests are checked by. */
export type Credentials =
  | {
      readonly kind: 'checked'
      readonly tokens: TokenBook
      readonly verifyJwt?: VerifyJwt
      /** Made for this run, because no others were given; to be told to people where the document needs one. */
      readonly generated?: GeneratedToken
    }
  | {
      readonly kind: 'gateway'
      /** The header line in which a gateway names the principal that it has authenticated; lower case. */
      readonly header: string
    }

/** A token that was made at the start. */
export interface GeneratedToken {
  readonly name: string
  readonly token: string
}
