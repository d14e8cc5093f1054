import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'

/** A valid JSON:API body with a type that the collection does not have; undefined where bodies have no type. */
export const otherType: Experiment<Tried | undefined> = {
  name: 'send a resource of a type that the collection does not have',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const data = isObject(body) ? body['data'] : undefined
    if (!isObject(data) || typeof data['type'] !== 'string') return undefined
    return await lab.tryPost({ body: { ...(body as object), data: { ...data, type: 'createonce-unknown' } } })
  },
}
