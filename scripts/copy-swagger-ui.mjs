// A step of `npm run build`: what `/docs` serves of Swagger UI comes into the package, with its licence (Apache-2.0) as it
// is. The package swagger-ui-dist would bring 12 MB and an install script that tells its makers who installs it.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'LICENSE',
  'NOTICE',
  'swagger-ui-bundle.js.LICENSE.txt',
]

const from = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const to = 'packages/cli/dist/swagger-ui'
rmSync(to, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
for (const name of FILES) copyFileSync(join(from, name), join(to, name))
