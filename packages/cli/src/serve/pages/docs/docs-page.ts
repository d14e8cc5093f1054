import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { contentPolicy } from '../content-policy.ts'
import { type KeptAnswer, keepAnswer, sendKept } from '../kept-answer.ts'
import { onceAsked } from '../once-asked.ts'
import type { Page } from '../page.ts'
import { docsFiles } from './docs-files.ts'
import { docsHtml } from './docs-html.ts'

// Swagger UI draws its icons from data: URLs of its style. What "Execute" calls is this server.
const ALLOWED = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
const PAGE = { 'Cache-Control': 'no-cache', ...contentPolicy(ALLOWED) }
// They change with a new version of this program, and are large. After an hour a browser asks whether they have.
const FILE = { 'Cache-Control': 'public, max-age=3600' }

/**
 * `/docs`: Swagger UI over the document at the path `source`. Everything that it loads is served below `/docs/`, and every
 * link is relative, so that it works behind a proxy that strips a prefix.
 */
export function docsPage(title: string, source: string): Page {
  const page = onceAsked(async () => {
    // Seen from `/docs`, the root is the folder.
    return keepAnswer(docsHtml(title, source.slice(1)), 'text/html; charset=utf-8', PAGE)
  })
  return {
    path: '/docs',
    loads: Object.keys(docsFiles).map((name) => `/docs/${name}`),
    about: 'Every operation, to read and to try',
    add(app) {
      app.get('/docs', async (request, reply) => {
        // Seen from `/docs/`, the root is elsewhere.
        if (isFolder(request.url)) return reply.redirect('../docs', 308)
        return sendKept(request, reply, await page())
      })
      // A router that overlooks the slash has it already.
      if (!overlooksSlash(app)) app.get('/docs/', (_request, reply) => reply.redirect('../docs', 308))
      // A route for each name: no path of a URL ever becomes a path of a file.
      for (const [name, { type, read }] of Object.entries(docsFiles)) {
        const file = onceAsked(async () => keepAnswer(await read(), type, FILE))
        addFile(app, `/docs/${name}`, file)
      }
    },
  }
}

function addFile(app: FastifyInstance, path: string, file: () => Promise<KeptAnswer>): void {
  app.get(path, async (request, reply) => sendKept(request, reply, await file()))
}

function isFolder(url: string): boolean {
  return url.split('?')[0]!.endsWith('/')
}

function overlooksSlash({ initialConfig }: FastifyInstance): boolean {
  const { routerOptions, ignoreTrailingSlash } = initialConfig as FastifyServerOptions
  return routerOptions?.ignoreTrailingSlash ?? ignoreTrailingSlash ?? false
}
