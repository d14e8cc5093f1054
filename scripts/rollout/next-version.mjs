import { cpSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundlePackage } from '../bundle-package.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

// What a later version would do first (expand): a column that the older one does not know. The older one names its
// columns, so it writes and reads on.
const EXPANDED = {
  postgres: `import * as before from './postgres-before.ts'
    import { identifier } from '../postgres/literals.ts'
    export const postgresMigrations = (schema: string) => [
      ...before.postgresMigrations(schema),
      \`alter table \${identifier(schema)}.record add column note text\`,
    ]
    export const postgresWorksWith = [...before.postgresWorksWith, before.postgresWorksWith.at(-1)]`,
  sqlite: `import * as before from './sqlite-before.ts'
    export const sqliteMigrations = [
      ...before.sqliteMigrations,
      (database: { exec(sql: string): void }) => database.exec('alter table createonce_record add column note text'),
    ]
    export const sqliteWorksWith = [...before.sqliteWorksWith, before.sqliteWorksWith.at(-1)]`,
}

/**
 * Makes the next version of the server package in a folder: this one, whose schema is one expanding change further.
 * Returns the script of a service that runs on it.
 */
export async function makeNextVersion(folder) {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@createonce'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@createonce' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  const server = join(modules, '@createonce/server')
  for (const part of ['package.json', 'src']) {
    cpSync(join(root, 'packages/server', part), join(server, part), { recursive: true })
  }
  for (const [store, expanded] of Object.entries(EXPANDED)) {
    const migrations = join(server, 'src/stores/migrations')
    renameSync(join(migrations, `${store}.ts`), join(migrations, `${store}-before.ts`))
    writeFileSync(join(migrations, `${store}.ts`), expanded)
  }
  await bundlePackage(server)
  cpSync(join(root, 'scripts/crash'), join(folder, 'crash'), { recursive: true })
  return join(folder, 'crash/server.mjs')
}
