import { memoryStore } from '@createonce/server/memory'
import { sqliteStore } from '@createonce/server/sqlite'

const schema = `create table if not exists orders (
  id text primary key, item text not null, quantity integer not null
) strict`

function open() {
  // `next build` loads every route to see what it exports, and may run where there is no database.
  if (process.env.NEXT_PHASE === 'phase-production-build') return memoryStore()
  return sqliteStore({ file: process.env.DATABASE ?? 'shop.db', schema })
}

// Routes and pages are bundles of their own, and development loads them again: one store per process is kept here.
globalThis.shopStore ??= open()
export const store = await globalThis.shopStore
