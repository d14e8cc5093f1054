import { cpSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

// What a later version would do first (expand): a column that the older one does not know. The older one names its
// columns, so it writes and reads on.
const EXPANDED = {
  postgres: `import * as before from './postgres-before.js'
    import { identifier } from '../postgres/literals.js'
    export const postgresMigrations = (schema) => [
      ...before.postgresMigrations(schema),
      \`alter table \${identifier(schema)}.record add column note text\`,
    ]
    export const postgresWorksWith = [...before.postgresWorksWith, before.postgresWorksWith.at(-1)]`,
  sqlite: `import * as before from './sqlite-before.js'
    export const sqliteMigrations = [
      ...before.sqliteMigrations,
      (database) => database.exec('alter table createonce_record add column note text'),
    ]
    export const sqliteWorksWith = [...before.sqliteWorksWith, before.sqliteWorksWith.at(-1)]`,
}

/**
 * Makes the next version of the server package in a folder: the built one, whose schema is one expanding change further.
 * Returns the script of a service that runs on it.
 */
export function makeNextVersion(folder) {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@createonce'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@createonce' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  const server = join(modules, '@createonce/server')
  for (const part of ['package.json', 'dist']) {
    cpSync(join(root, 'packages/server', part), join(server, part), { recursive: true })
  }
  for (const [store, expanded] of Object.entries(EXPANDED)) {
    const migrations = join(server, 'dist/stores/migrations')
    renameSync(join(migrations, `${store}.js`), join(migrations, `${store}-before.js`))
    writeFileSync(join(migrations, `${store}.js`), expanded)
  }
  cpSync(join(root, 'scripts/crash'), join(folder, 'crash'), { recursive: true })
  return join(folder, 'crash/server.mjs')
}
