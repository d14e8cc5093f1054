import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

// What everybody loads together is one file, and the text of the problems, which few load, another. To load a hundred small
// files costs more than to run them.
const GROUPS = [
  { name: 'problems', test: /server\/src\/creation\/(?:problems|problem-catalogue)/, priority: 2 },
  { name: 'core', test: /server\/src\/(?:creation\/(?!bulk|put)|idempotency|observe\/(?!index|alerts|metrics|open-))/ },
  { name: 'adapters', test: /server\/src\/adapters\/shared/ },
]

/**
 * Writes the JavaScript of a package into its `dist`: one file for each entry of its exports, and what several entries
 * share once, in `dist/chunks`.
 */
export async function bundlePackage(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const names = Object.values(exports).flatMap(({ default: file }) =>
    file ? [file.slice('./dist/'.length, -'.js'.length)] : [],
  )
  rmSync(join(folder, 'dist/chunks'), { recursive: true, force: true })
  const bundle = await rolldown({
    cwd: folder,
    input: Object.fromEntries(names.map((name) => [name, `./src/${name}.ts`])),
    // Packages stay what they are: dependencies, and peers that the user has.
    external: (specifier) => !/^[./]/.test(specifier),
    platform: 'node',
    transform: { target: 'node20.19' },
    logLevel: 'warn',
  })
  await bundle.write({
    dir: join(folder, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: GROUPS },
    sourcemap: true,
    // The sources are in the package.
    sourcemapExcludeSources: true,
  })
  await bundle.close()
}
