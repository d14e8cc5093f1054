import { jsonApiType } from '../evidence/json-api.ts'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** Creates whose media type is that of JSON:API with a parameter that JSON:API does not have. */
export interface JsonApiParametersTried {
  readonly content: Tried
  readonly accept: Tried
}

/** The type of JSON:API with an unknown parameter: once for the content, once as all that would be accepted. */
export const jsonApiParameters: Experiment<JsonApiParametersTried> = {
  name: 'send the type of JSON:API with an unknown parameter',
  async run(lab) {
    await lab.ask(created)
    const type = `${jsonApiType}; createonce=unknown`
    return {
      content: await lab.tryPost({ body: lab.newBody(), mediaType: type }),
      accept: await lab.tryPost({ body: lab.newBody(), headers: [['Accept', type]] }),
    }
  },
}
