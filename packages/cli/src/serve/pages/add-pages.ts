import { problemPages } from '@createonce/server/fastify'
import type { OpenApiObject } from '@createonce/server/openapi'
import type { FastifyInstance } from 'fastify'
import { docsPage } from './docs/docs-page.ts'
import { documentPages } from './document/document-pages.ts'
import { type HealthSettings, healthPages } from './health/health-pages.ts'
import type { Metrics } from './metrics/create-metrics.ts'
import { metricsPage } from './metrics/metrics-page.ts'
import type { Page } from './page.ts'
import { startPage } from './start/start-page.ts'
import { titleOf } from './title-of.ts'

/** What the pages show. */
export interface PagesSettings extends HealthSettings {
  /** The document as it is served. */
  readonly document: OpenApiObject
  readonly metrics: Metrics
  /**
   * Whether the document declares a path itself, in the spelling of OpenAPI; then its operation is served, and the page is
   * left out.
   * @default none is
   */
  readonly isTaken?: (path: string) => boolean
}

/**
 * Adds what every served API has besides its own operations: the start page, the docs, the document, health, metrics, and
 * what the `type` of a problem leads to. Returns the paths of those that are left out.
 */
export function addPages(app: FastifyInstance, settings: PagesSettings): readonly string[] {
  const { document, metrics, isTaken = () => false } = settings
  const documents = documentPages(document)
  // The docs read the document over HTTP; without it there is nothing that they could show.
  const source = documents.find(({ path }) => !isTaken(path))?.path
  const pages: readonly Page[] = [
    docsPage(titleOf(document), source ?? ''),
    ...documents,
    ...healthPages(settings),
    metricsPage(metrics),
    { path: '/problems/{code}', add: (routes) => routes.get('/problems/:code', problemPages) },
  ]
  const isLeftOut = ({ path, loads = [] }: Page): boolean =>
    [path, ...loads].some(isTaken) || (path === '/docs' && source === undefined)
  const shown = pages.filter((page) => !isLeftOut(page))
  const start = startPage(document, shown)
  const all = [start, ...pages]
  for (const page of all) if (!isLeftOut(page)) page.add(app)
  return all.filter(isLeftOut).map(({ path }) => path)
}
