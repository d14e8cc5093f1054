/**
 * What keeps recorded answers from whoever reads the store: two functions of the author's, or {@link aesGcmSeal}. Both
 * answer at once, since they are called inside the transaction.
 *
 * Only the status, the scope and the key of a record stay in clear: headers and body are sealed together, because a
 * Location may be made of what the client sent, such as a name.
 */
export interface Seal {
  /** The name of the key that seals now, 1 to 64 of letters, digits, `_`, `.` and `-`; kept in clear with each record. */
  readonly keyId: string
  /**
   * Seals a text; the result is printable ASCII. `about` names the record, and is the same again when it is opened: bind
   * the result to it, so that nobody can move an answer to another record.
   */
  seal(text: string, about: string): string
  /**
   * Opens what was sealed with the key `keyId`, an older one perhaps. Throws where it can't: the retry is then answered
   * 503 `record-unreadable`, and nothing is executed.
   */
  open(sealed: string, about: string, keyId: string): string
}
