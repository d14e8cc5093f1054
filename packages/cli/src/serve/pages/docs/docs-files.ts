import { readFile } from 'node:fs/promises'
import { docsScript } from './docs-script.ts'
import { docsStyle } from './docs-style.ts'

/** A file that the docs load. */
export interface DocsFile {
  readonly type: string
  read(): Promise<string | Buffer>
}

/** Every file that is served below `/docs/`, by its name there. Each is read when it is asked for. */
export const docsFiles: Readonly<Record<string, DocsFile>> = {
  'swagger-ui.css': copied('swagger-ui.css', 'text/css; charset=utf-8'),
  'swagger-ui-bundle.js': copied('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
  'favicon-32x32.png': copied('favicon-32x32.png', 'image/png'),
  'docs.css': own(docsStyle, 'text/css; charset=utf-8'),
  'docs.js': own(docsScript, 'text/javascript; charset=utf-8'),
}

// The build brings them (scripts/copy-swagger-ui.mjs). The way from `src` is that from `dist`.
const SWAGGER_UI = new URL('../../../../dist/swagger-ui/', import.meta.url)

function copied(name: string, type: string): DocsFile {
  return { type, read: () => readFile(new URL(name, SWAGGER_UI)) }
}

function own(text: string, type: string): DocsFile {
  return { type, read: async () => text }
}
