import { type ChoiceFlaw, flawsOf } from '../choice-flaw.ts'
import { sound, type VaultChoices } from './vault.ts'

const flaw = flawsOf<VaultChoices>()

/** Every flaw that only a second principal shows, or none at all. */
export const vaultFlaws: readonly ChoiceFlaw<VaultChoices>[] = [
  flaw('sends 401 without a challenge', 'auth-challenge-401', 'error', {
    unauthorised: () => ({ status: 401, body: { error: 'unauthorised' } }),
  }),
  flaw('answers 403 to strangers', 'auth-challenge-401', 'note', { unauthorised: () => ({ status: 403 }) }),
  flaw('answers 500 to strangers', 'auth-challenge-401', 'error', { unauthorised: () => ({ status: 500 }) }),
  flaw('lets strangers in', 'auth-challenge-401', 'error', { knows: (given) => sound.knows(given) ?? 'alice' }),
  flaw('takes any token', 'auth-challenge-401', 'error', {
    knows: (given) => sound.knows(given) ?? (given === undefined ? undefined : 'alice'),
  }),
  flaw('validates before it asks who it is', 'auth-challenge-401', 'warning', { validatesFirst: () => true }),
  flaw('writes before it asks who it is', 'auth-challenge-401', 'error', { writesFirst: () => true }),
  flaw('looks up by the id alone', 'other-principal-cannot-read', 'error', { mayRead: () => true }),
  flaw('links the resource of somebody else', 'conflict-no-leak', 'error', {
    isSame: (row, name) => row.name === name,
    conflict: (existing) => ({ status: 409, body: { title: 'taken', existing: `/secrets/${existing.id}` } }),
  }),
  flaw('shows the resource of somebody else', 'conflict-no-leak', 'error', {
    isSame: (row, name) => row.name === name,
    conflict: ({ name, text }) => ({ status: 409, body: { title: 'taken', by: { name, text } } }),
  }),
  flaw('answers with the resource of somebody else', 'conflict-no-leak', 'error', {
    isSame: (row, name) => row.name === name,
    conflict: ({ id, name, text }) => ({
      status: 200,
      headers: { Location: `/secrets/${id}` },
      body: { id, name, text },
    }),
  }),
  flaw('replays to everybody', 'idem-key-scope', 'error', {
    keyScope: (_, path) => path,
    comparesBodies: () => false,
  }),
  flaw('blocks the keys of others', 'idem-key-scope', 'error', { keyScope: (_, path) => path }),
  flaw('replays on every path', 'idem-key-scope', 'error', {
    keyScope: (principal) => principal,
    comparesBodies: () => false,
  }),
]
