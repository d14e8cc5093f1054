import { NO_ROLL_BACK } from './no-roll-back.ts'
import type { ProblemGuidance } from './problem-entry.ts'

/** What is refused of a request before anything else is looked at: its body, its path, its headers. */
export const requestProblems: Readonly<
  Record<
    | 'malformed-body'
    | 'invalid-input'
    | 'parent-not-found'
    | 'method-not-allowed'
    | 'not-acceptable'
    | 'content-too-large'
    | 'unsupported-media-type',
    ProblemGuidance
  >
> = {
  'malformed-body': {
    meaning:
      'The body cannot be read as one JSON value: a syntax error, a repeated member name, or bytes that are not UTF-8.',
    transient: { passes: false, lasts: 'Until the request is changed.' },
    client:
      'Does not retry: the same bytes are refused again. Nothing was recorded, so the corrected request may use the same key.',
    firstResponse: 'Look at `detail`, which names the place; mend the client that wrote the body.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None for one request. Many of one client, suddenly: tell its owner, with its `requestId`s.',
  },
  'invalid-input': {
    meaning: 'The body is JSON, but not what this creation takes. `errors` lists every fault with a JSON Pointer.',
    transient: { passes: false, lasts: 'Until the request is changed, or the schema.' },
    client:
      'Shows `errors` where the user can mend them. Nothing was recorded, so the corrected request may use the same key.',
    firstResponse: 'Mend each member that `errors` names and send the request again.',
    rollBack:
      'If it began with a deployment, the schema was tightened: allow the old form again until its clients are gone.',
    escalation:
      'Many of one client, suddenly: its owner, with the `pointer`s. Of all clients at once: whoever deployed the schema.',
  },
  'parent-not-found': {
    meaning: 'The path names a parent that does not exist, or that this caller may not see.',
    transient: { passes: false, lasts: 'Until the parent exists.' },
    client:
      'Creates the parent, or corrects the path. Also answered for an id in the path that no address can hold (`.` and `..`).',
    firstResponse: 'Create the parent first, or correct the id in the path.',
    rollBack: NO_ROLL_BACK,
    escalation: 'A parent that is known to exist and is not found for its own owner: whoever owns the data.',
  },
  'method-not-allowed': {
    meaning: 'The resource exists, but not with this method. `Allow` lists the methods that it has.',
    transient: { passes: false, lasts: 'As long as the resource has no such method.' },
    client: 'Does not retry. `OPTIONS` answers the same `Allow`.',
    firstResponse: 'Use a method that `Allow` lists.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None for one client. Of all clients at once: whoever deployed the routes.',
  },
  'not-acceptable': {
    meaning: '`Accept` excludes every media type that this creation can answer. Nothing was created.',
    transient: { passes: false, lasts: 'Until the client accepts `application/json`.' },
    client: 'Accepts `application/json`, or leaves `Accept` out.',
    firstResponse: 'Accept `application/json`.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None; the owner of the client, if it goes on.',
  },
  'content-too-large': {
    meaning: 'The body is larger than this creation takes.',
    transient: { passes: false, lasts: 'Until the client sends less, or `maxBodyBytes` is raised.' },
    client:
      'Sends less. The limit is the setting `maxBodyBytes`; a proxy in front may have a lower one and answer 413 in its own form.',
    firstResponse: 'Send less; `detail` names the limit.',
    rollBack: NO_ROLL_BACK,
    escalation: 'Where the size is needed: whoever owns the limit, `maxBodyBytes` and that of the proxy in front.',
  },
  'unsupported-media-type': {
    meaning: 'The content is labelled with a type or coding that this creation does not read; it was not parsed.',
    transient: { passes: false, lasts: 'Until the client labels the body.' },
    client:
      'Labels the body with `Content-Type: application/json` and sends it without `Content-Encoding`. `Accept-Post` names what is taken.',
    firstResponse: 'Send `Content-Type: application/json`, in UTF-8, without `Content-Encoding`.',
    rollBack: NO_ROLL_BACK,
    escalation:
      'None for one client. Of all clients at once: whoever owns the proxy in front, which may have changed the header.',
  },
}
