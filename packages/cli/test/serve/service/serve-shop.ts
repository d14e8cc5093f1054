import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Running, startCreateonce, temporaryFolder } from '../../createonce.ts'

/** The document that most of these tests serve. */
export const shopFile = fileURLToPath(new URL('shop.yaml', import.meta.url))

/** A folder with a copy of the document, as `openapi.yaml`. */
export function shopFolder(file = shopFile): string {
  const folder = temporaryFolder()
  copyFileSync(file, join(folder, 'openapi.yaml'))
  return folder
}

/** Serves the document of a folder by a process of its own, on a free port. */
export function serveShop(cwd: string = shopFolder(), options: readonly string[] = []): Promise<Running> {
  return startCreateonce(['serve', 'openapi.yaml', '--port', '0', '--host', '127.0.0.1', ...options], { cwd })
}

/** A customer that is valid; each name has an address of its own. */
export function customer(name: string): { readonly name: string; readonly email: string } {
  return { name, email: `${name.toLowerCase()}@example.org` }
}
