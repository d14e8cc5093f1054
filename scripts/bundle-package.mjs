<<<<<<< HEAD
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
=======
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

/**
 * Writes the JavaScript of a package into its `dist`: one file for each entry of its exports, and what several entries
 * share once, in `dist/chunks`. To load a hundred small files costs more than to run them: 40 ms against 10 for the core.
 * `isMainEverywhere` says that nobody uses another entry without the main one: then what the main one needs is one file.
>>>>>>> bench6
 */
export async function bundlePackage(folder, { isMainEverywhere = false } = {}) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
<<<<<<< HEAD
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
=======
  const sourceOf = (file) => file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
  const entries = Object.values(exports).flatMap(({ default: file }) => (file === undefined ? [] : sourceOf(file)))
  rmSync(join(folder, 'dist/chunks'), { recursive: true, force: true })
  await build({
    absWorkingDir: folder,
    entryPoints: entries,
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
    // What `sideEffects` of package.json says is for the bundlers of users; here it would undo what follows.
    ignoreAnnotations: isMainEverywhere,
    plugins: isMainEverywhere ? [inFewChunks(folder, entries, sourceOf(exports['.'].default))] : [],
>>>>>>> bench6
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

/**
 * Lets every entry reach all that the main one reaches, and every adapter all that adapters share. Of what the same entries
 * reach, esbuild makes one chunk: the core is one file instead of fifteen.
 */
function inFewChunks(folder, entries, main) {
  const shared = join(folder, 'src/adapters/shared')
  const sharedFiles = existsSync(shared) ? readdirSync(shared).map((name) => join(shared, name)) : []
  return {
    name: 'in-few-chunks',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const entry = relative(folder, path)
        if (!entries.includes(entry) || entry === main) return undefined
        const more = [join(folder, main), ...(entry.startsWith(join('src', 'adapters')) ? sharedFiles : [])]
        const imports = more.map((file) => `import ${JSON.stringify(file)}`)
        return { contents: [readFileSync(path, 'utf8'), ...imports].join('\n'), loader: 'ts' }
      })
    },
  }
}
