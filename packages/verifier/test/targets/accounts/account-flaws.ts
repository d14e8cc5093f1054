import { type ChoiceFlaw, flawsOf } from '../choice-flaw.ts'
import { type AccountChoices, sound } from './accounts.ts'

const flaw = flawsOf<AccountChoices>()

const mebibyte = 1024 * 1024

/** Every flaw that only a cookie, a password, an attack or OPTIONS shows. */
export const accountFlaws: readonly ChoiceFlaw<AccountChoices>[] = [
  flaw('shows the whole row', 'secret-not-echoed', 'warning', { shows: (account) => ({ ...account }) }),
  flaw('shows the password to whoever reads', 'secret-not-echoed', 'warning', {
    shows: ({ id, name, password }, where) => (where === 'a read' ? { id, name, login: { password } } : { id, name }),
  }),
  flaw('echoes what is writeOnly', 'secret-not-echoed', 'warning', {
    shows: ({ id, name, pin }, where) => (where === 'the create' ? { id, name, pin } : { id, name }),
  }),
  flaw('parses any content as JSON', 'csrf-simple-request', 'warning', { reads: () => true }),
  flaw('parses content without a type as JSON', 'csrf-simple-request', 'warning', {
    reads: (mediaType) => mediaType === '' || sound.reads(mediaType),
  }),
  flaw('lists methods without POST', 'options-advertises', 'note', { allow: () => 'GET, HEAD, OPTIONS' }),
  flaw('answers 500 to content that is too large', 'body-too-large-413', 'warning', { tooLarge: () => 500 }),
  flaw('answers 400 to content that is too large', 'body-too-large-413', 'note', { tooLarge: () => 400 }),
  flaw('goes down with content that is too large', 'body-too-large-413', 'warning', {
    limit: mebibyte,
    unansweredAfter: 1,
  }),
]
