import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  // Not bundled: one copy per process, which finds the driver of SQLite by itself.
  serverExternalPackages: ['@createonce/server', '@photostructure/sqlite'],
  // The workspace: packages are linked from there.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  poweredByHeader: false,
}
