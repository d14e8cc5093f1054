import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Writes the JavaScript of a package into its `dist`: one file for each entry of its exports, and what several entries
 * share once, in `dist/chunks`. To load a hundred small files costs more than to run them: 40 ms against 10 for the core.
 */
export async function bundlePackage(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = Object.values(exports).flatMap(({ default: file }) => file ?? [])
  rmSync(join(folder, 'dist/chunks'), { recursive: true, force: true })
  await build({
    absWorkingDir: folder,
    entryPoints: entries.map((file) => file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')),
    outbase: 'src',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  })
}
