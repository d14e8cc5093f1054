import type { Answer, Exchange } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { readBack } from './read-back.ts'

/** What became of a resource that was deleted right after its creation. */
export type Deletion =
  | { readonly kind: 'impossible'; readonly reason: string }
  | {
      readonly kind: 'tried'
      readonly before: Answer
      readonly deleted: Exchange
      /** The read after a deletion that was answered with success. */
      readonly after?: Exchange
    }

const oneSecond = 1000

/** Creates, reads, deletes and reads again; once more a second later, where it is still there. */
export const deletion: Experiment<Deletion> = {
  name: 'delete what was created',
  async run(lab) {
    await lab.ask(created)
    const { read, remove } = lab.operation.creation
    if (remove === undefined) return { kind: 'impossible', reason: 'the document has no operation that deletes' }
    if (read?.path !== remove.path)
      return {
        kind: 'impossible',
        reason: 'the document does not delete where it reads, so nothing tells what is gone',
      }
    const attempt = await lab.post({ body: lab.newBody() })
    const found = await readBack(lab, attempt)
    if (found.kind !== 'read') return { kind: 'impossible', reason: 'what was created cannot be read' }
    // Whose answer did not tell where it is can be found by its list as long as it is there, and no longer.
    lab.adopt(found.json, attempt.answer.id)
    const { url } = found.answer.request
    const deleted = await lab.trySend({ method: 'DELETE', url })
    const status = deleted.response?.status ?? 0
    if (status < 200 || status > 299) return { kind: 'tried', before: found.answer, deleted }
    let after = await lab.trySend({ method: 'GET', url })
    if (after.response?.status === 200) {
      await lab.sleep(oneSecond)
      after = await lab.trySend({ method: 'GET', url })
    }
    return { kind: 'tried', before: found.answer, deleted, after }
  },
}
