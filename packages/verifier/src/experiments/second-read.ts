import { createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type JsonObject, parseJson } from './json-node.ts'
import { unwrap } from './resource.ts'

/** The same read once more: what differs between two reads (counters, clocks) says nothing about the create. */
export const secondRead: Experiment<{ readonly resource?: JsonObject } | undefined> = {
  name: 'read what was created a second time',
  async run(lab) {
    const read = await lab.ask(createdRead)
    if (read.kind !== 'read') return undefined
    const again = await lab.get(read.answer.request.url)
    const resource = unwrap(parseJson(again.response.body), lab.operation.creation)
    return resource === undefined ? {} : { resource }
  },
}
