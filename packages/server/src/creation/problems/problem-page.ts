import type { Answer } from '../answer.ts'
import { preferred } from '../headers/accept.ts'
import { problemCatalogue } from '../problem-catalogue.ts'
import { problemHtml } from './problem-html.ts'
import { problemMarkdown } from './problem-markdown.ts'
import { problemParts } from './problem-parts.ts'

const writers = { 'application/json': JSON.stringify, 'text/markdown': problemMarkdown, 'text/html': problemHtml }

/**
 * What a problem's `type` leads to: its entry of the catalogue, as JSON, Markdown or HTML, by `Accept`. A code that is none
 * gets 404. Everybody may read it: it tells of a code, and of no request.
 *
 * @example
 * app.get('/problems/:code', (request, response) => {
 *   const { status, headers, body } = problemPage(request.params.code, request.headers.accept)
 *   response.writeHead(status, headers).end(body)
 * })
 */
export function problemPage(code: string, accept?: string): Answer {
  const parts = problemParts(code)
  if (parts === undefined) {
    return {
      status: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: JSON.stringify({ title: 'There is no such problem', status: 404, codes: Object.keys(problemCatalogue) }),
    }
  }
  const type = preferred(accept, ['application/json', 'text/markdown', 'text/html'])
  return {
    status: 200,
    headers: {
      'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      Vary: 'Accept',
      'Cache-Control': 'max-age=300',
    },
    body: writers[type](parts),
  }
}
