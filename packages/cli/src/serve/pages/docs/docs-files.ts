import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { docsScript } from './docs-script.ts'
import { docsStyle } from './docs-style.ts'

/** A file that the docs load. */
export interface DocsFile {
  readonly type: string
  read(): Promise<string | Buffer>
}

/** Every file that is served below `/docs/`, by its name there. Each is read when it is asked for. */
export const docsFiles: Readonly<Record<string, DocsFile>> = {
  'swagger-ui.css': installed('swagger-ui.css', 'text/css; charset=utf-8'),
  'swagger-ui-bundle.js': installed('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
  'favicon-32x32.png': installed('favicon-32x32.png', 'image/png'),
  'docs.css': own(docsStyle, 'text/css; charset=utf-8'),
  'docs.js': own(docsScript, 'text/javascript; charset=utf-8'),
}

function installed(name: string, type: string): DocsFile {
  return { type, read: () => readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`)) }
}

function own(text: string, type: string): DocsFile {
  return { type, read: async () => text }
}
