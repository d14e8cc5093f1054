import type { OpenApiObject } from '@createonce/server/openapi'
import { keepAnswer, sendKept } from '../kept-answer.ts'
import { onceAsked } from '../once-asked.ts'
import type { Page } from '../page.ts'
import { titleOf, versionOf } from '../title-of.ts'
import { prefersHtml } from './prefers-html.ts'
import { startHeaders, startHtml } from './start-html.ts'

/** One line of the start page. */
export interface StartLink {
  /** Seen from the start page, so that it holds below the prefix of a proxy. */
  readonly href: string
  readonly about: string
}

/** `/`: what is served, and where its other pages are; HTML for browsers, JSON for all others. */
export function startPage(document: OpenApiObject, pages: readonly Page[]): Page {
  const title = titleOf(document)
  const version = versionOf(document)
  const links: StartLink[] = pages.flatMap(({ path, about }) =>
    about === undefined ? [] : [{ href: `.${path}`, about }],
  )
  const same = { Vary: 'Accept', 'Cache-Control': 'no-cache' }
  const html = onceAsked(async () =>
    keepAnswer(startHtml({ title, version, links }), 'text/html; charset=utf-8', { ...same, ...startHeaders }),
  )
  const json = onceAsked(async () => keepAnswer(JSON.stringify({ title, version, links }), 'application/json', same))
  return {
    path: '/',
    add(app) {
      app.get('/', async (request, reply) =>
        sendKept(request, reply, await (prefersHtml(request.headers.accept) ? html() : json())),
      )
    },
  }
}
