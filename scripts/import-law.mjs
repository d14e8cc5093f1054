// The import law of ARCHITECTURE.md, checked: which room may import from which. Prints every breach and exits 1.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const FRAMEWORKS = ['fastify', '@createonce/server/fastify']
const DATABASES = [
  '@createonce/server/postgres',
  '@createonce/server/sqlite',
  'packages/cli/src/serve/rows/open-rows.ts',
  'packages/cli/src/serve/rows/postgres',
  'packages/cli/src/serve/rows/sqlite',
]

/**
 * `from` is a folder; `never` are folders and packages that nothing in it may import. `types` allows `import type`,
 * which is gone when the code runs.
 */
export const law = [
  { from: 'packages/server/src', never: ['packages/verifier', 'packages/cli', '@createonce/', 'createonce'] },
  { from: 'packages/verifier/src', never: ['packages/server', 'packages/cli', '@createonce/', 'createonce'] },
  {
    from: 'packages/server/src/creation',
    never: [
      'packages/server/src/stores',
      'packages/server/src/adapters',
      'packages/server/src/openapi',
      'node:sqlite',
      '@photostructure/sqlite',
      'express',
      'fastify',
      'hono',
      'koa',
    ],
  },
  {
    from: 'packages/server/src/idempotency',
    never: [
      'packages/server/src/stores',
      'packages/server/src/adapters',
      'packages/server/src/openapi',
      'node:sqlite',
      '@photostructure/sqlite',
      'fastify',
      'hono',
    ],
  },
  {
    from: 'packages/server/src/guard',
    never: [
      'packages/server/src/stores',
      'packages/server/src/adapters',
      'node:sqlite',
      '@photostructure/sqlite',
      'express',
      'fastify',
      'koa',
    ],
  },
  {
    from: 'packages/server/src/stores',
    never: [
      'packages/server/src/adapters',
      'packages/server/src/creation/handle.ts',
      '@nestjs/common',
      'express',
      'fastify',
      'hono',
      'koa',
    ],
  },
  { from: 'packages/server/src/adapters', never: ['packages/server/src/stores', 'packages/server/src/openapi'] },
  {
    from: 'packages/server/src/openapi',
    never: ['packages/server/src/stores', 'packages/server/src/adapters', 'packages/server/src/creation/handle.ts'],
  },
  {
    from: 'packages/server/src/schemas',
    never: ['packages/server/src/stores', 'packages/server/src/adapters', 'packages/server/src/creation/handle.ts'],
  },
  { from: 'packages/server/src/observe', never: ['packages/server/src/stores', 'packages/server/src/adapters'] },
  {
    from: 'packages/verifier/src/checks',
    never: [
      'packages/verifier/src/http',
      'packages/verifier/src/run',
      'packages/verifier/src/report',
      'packages/verifier/src/start',
      'node:child_process',
      'node:http',
      'node:https',
      'node:net',
      'node:tls',
    ],
    types: true,
  },
  {
    from: 'packages/verifier/src/evidence',
    never: [
      'packages/verifier/src/http',
      'packages/verifier/src/run',
      'packages/verifier/src/report',
      'packages/verifier/src/checks',
      'packages/verifier/src/start',
      'node:http',
      'node:net',
    ],
    types: true,
  },
  {
    from: 'packages/verifier/src/report',
    never: ['packages/verifier/src/http', 'packages/verifier/src/experiments', 'node:http', 'node:fs'],
    types: true,
  },
  {
    from: 'packages/verifier/src/generate',
    never: ['packages/verifier/src/http', 'packages/verifier/src/experiments', 'packages/verifier/src/checks'],
    types: true,
  },
  {
    from: 'packages/verifier/src/target',
    never: ['packages/verifier/src/experiments', 'packages/verifier/src/checks', 'packages/verifier/src/run'],
    types: true,
  },
  // Through the public entries only.
  { from: 'packages/cli/src', never: ['packages/server', 'packages/verifier'] },
  // What a document means, and what its bodies are: no server and no database.
  ...['plan', 'shape', 'query'].map((room) => ({
    from: `packages/cli/src/serve/${room}`,
    never: [...FRAMEWORKS, ...DATABASES, 'packages/cli/src/bookshop', 'packages/cli/src/serve/pages'],
  })),
  {
    from: 'packages/cli/src/serve/rows',
    never: [
      ...FRAMEWORKS,
      '@createonce/verifier',
      'packages/cli/src/bookshop',
      'packages/cli/src/serve/conditions',
      'packages/cli/src/serve/document',
      'packages/cli/src/serve/forms',
      'packages/cli/src/serve/pages',
      'packages/cli/src/serve/plan',
      'packages/cli/src/serve/routes',
      'packages/cli/src/serve/security',
      'packages/cli/src/serve/shape',
    ],
  },
  {
    from: 'packages/cli/src/serve/pages',
    never: [
      'packages/cli/src/bookshop',
      'packages/cli/src/serve/conditions',
      'packages/cli/src/serve/plan',
      'packages/cli/src/serve/routes',
      'packages/cli/src/serve/rows',
      'packages/cli/src/serve/security',
    ],
  },
  {
    from: 'packages/cli/src/serve/conditions',
    never: [
      'packages/cli/src/bookshop',
      'packages/cli/src/serve/plan',
      'packages/cli/src/serve/routes',
      'packages/cli/src/serve/rows',
      'packages/cli/src/serve/pages',
    ],
  },
  {
    from: 'packages/cli/src/serve/security',
    never: [
      'packages/cli/src/bookshop',
      'packages/cli/src/serve/plan',
      'packages/cli/src/serve/routes',
      'packages/cli/src/serve/rows',
      'packages/cli/src/serve/pages',
      'packages/cli/src/serve/conditions',
    ],
  },
]

// `@createonce/server` runs with nothing installed: every package that it imports is an optional peer, named here.
const SERVER_MAY_IMPORT = {
  values: new Set([]),
  types: new Set(['@nestjs/common', '@nestjs/core', 'express', 'fastify', 'hono', 'hono/utils/http-status', 'koa']),
}

const IMPORT = /^\s*(import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

/** Every breach of the law below `root`, as sentences. */
export function breaches(root) {
  const found = []
  for (const { from, never, types = false } of law) {
    for (const file of sources(join(root, from))) {
      for (const { specifier, isType, target } of importsOf(root, file)) {
        if (types && isType) continue
        const hit = never.find(
          (name) => isBelow(target, name) || (!specifier.startsWith('.') && isPackage(specifier, name)),
        )
        if (hit) found.push(`${relative(root, file)} imports ${specifier}: ${from} must not know ${hit}.`)
      }
    }
  }
  for (const file of sources(join(root, 'packages/server/src'))) {
    for (const { specifier, isType } of importsOf(root, file)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue
      if (!SERVER_MAY_IMPORT[isType ? 'types' : 'values'].has(specifier)) {
        found.push(`${relative(root, file)} imports ${specifier}: @createonce/server has no runtime dependency.`)
      }
    }
  }
  return found
}

function importsOf(root, file) {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(IMPORT)].map(([, , type, specifier]) => ({
    specifier,
    isType: type !== undefined,
    target: specifier.startsWith('.') ? relative(root, resolve(dirname(file), specifier)) : specifier,
  }))
}

function isBelow(path, folder) {
  return path === folder || path.startsWith(`${folder}/`)
}

function isPackage(specifier, name) {
  return specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`)
}

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return path.endsWith('.ts') ? [path] : []
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = breaches(process.cwd())
  for (const breach of found) console.error(breach)
  console.log(
    found.length === 0 ? `The import law holds (${law.length} rules).` : `${found.length} breaches of the import law.`,
  )
  process.exitCode = found.length === 0 ? 0 : 1
}
