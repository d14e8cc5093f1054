import type { OpenApiObject } from '@createonce/server/openapi'
import { type KeptAnswer, keepAnswer, sendKept } from '../kept-answer.ts'
import { onceAsked } from '../once-asked.ts'
import type { Page } from '../page.ts'
import { toYaml } from './to-yaml.ts'

// A document changes with the next start or reload; a client asks whether it has.
const ASK = { 'Cache-Control': 'no-cache' }

/** `/openapi.json` and `/openapi.yaml`: the document as it is served, written when it is asked for. */
export function documentPages(document: OpenApiObject): readonly Page[] {
  const json = onceAsked(async () => keepAnswer(JSON.stringify(document), 'application/json', ASK))
  // RFC 9512.
  const yaml = onceAsked(async () => keepAnswer(await toYaml(JSON.stringify(document)), 'application/yaml', ASK))
  return [page('/openapi.json', 'The OpenAPI document', json), page('/openapi.yaml', 'The same as YAML', yaml)]
}

function page(path: string, about: string, answer: () => Promise<KeptAnswer>): Page {
  return {
    path,
    about,
    add(app) {
      app.get(path, async (request, reply) => sendKept(request, reply, await answer()))
    },
  }
}
