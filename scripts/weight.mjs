// Weighs what a service carries: the core with one adapter and one store, bundled and minified by esbuild, with gzip; and how
// long Node takes to import the core. The limits keep the weight from growing unnoticed; `--profile` says what weighs.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const GOAL = 12_000
// What it weighs today, and a little air. A goal that is not reached is no reason to let go of what was.
const LIMITS = { memory: 24_500, sqlite: 30_500, redis: 28_500, postgres: 39_200 }

const src = join(process.cwd(), 'packages/server/src')
const { exports } = JSON.parse(readFileSync('packages/server/package.json', 'utf8'))
const adapters = readdirSync(join(src, 'adapters'))
  .filter((name) => name.endsWith('.ts') && isExported(`adapters/${basename(name, '.ts')}`))
  .map((name) => basename(name, '.ts'))
const CORE = ["export { defineCreation, created, existing } from './index.ts'"]

console.log('gzip, in bytes; goal for core, one adapter and one store: 12,000\n')
const core = await weigh(CORE)
say('core', core.bytes)
for (const adapter of adapters) say(`${adapter} alone`, (await weigh([adapterCode(adapter)])).bytes)
let grown = 0
for (const [store, limit] of Object.entries(LIMITS)) {
  const { bytes } = await weigh([...CORE, adapterCode('fastify'), `export * from './stores/${store}.ts'`])
  say(`core, fastify, ${store}`, bytes, `${bytes <= GOAL ? 'goal reached' : 'goal not reached'}; limit ${shown(limit)}`)
  if (bytes > limit) grown += 1
}
if (process.argv.includes('--profile')) {
  console.log('\nminified bytes in the core, by file:')
  for (const [file, bytes] of core.profile) say(file, bytes)
}
const empty = importMs(['data:text/javascript,'])
const index = importMs([pathToFileURL(join(process.cwd(), 'packages/server/dist/index.js')).href])
console.log(
  `\nimport of the core: ${index.toFixed(1)} ms, of an empty module ${empty.toFixed(1)} ms (medians of 9 processes)`,
)
if (grown > 0) {
  console.error(`${grown} of these grew over its limit: see --profile, and make it smaller or say in LIMITS why not.`)
  process.exitCode = 1
}

async function weigh(lines) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: src, loader: 'ts' },
    bundle: true,
    minify: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    write: false,
    metafile: true,
  })
  const profile = Object.entries(Object.values(metafile.outputs)[0].inputs)
    .map(([file, { bytesInOutput }]) => [file.replace('packages/server/src/', ''), bytesInOutput])
    .filter(([, bytes]) => bytes > 0)
    .sort((one, other) => other[1] - one[1])
  return { bytes: gzipSync(outputFiles[0].contents, { level: 9 }).byteLength, profile }
}

/** Everything of an adapter but the pages of problems, which bring the text for people and are a route of their own. */
function adapterCode(name) {
  const names = [
    ...readFileSync(join(src, `adapters/${name}.ts`), 'utf8').matchAll(/^export (?:function|const) (\w+)/gm),
  ]
  const used = names.map(([, exported]) => exported).filter((exported) => !exported.startsWith('problemPage'))
  // An entry that only passes on what others export has nothing to leave out.
  if (used.length === 0) return `export * from './adapters/${name}.ts'`
  return `export { ${used.join(', ')} } from './adapters/${name}.ts'`
}

function isExported(entry) {
  return JSON.stringify(exports).includes(`./dist/${entry}.js`)
}

function importMs([specifier]) {
  const code = `const begun = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - begun)`
  const times = Array.from({ length: 9 }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout),
  )
  return times.sort((one, other) => one - other)[4]
}

function say(name, bytes, remark = '') {
  console.log(`${name.padEnd(36)} ${shown(bytes).padStart(7)}  ${remark}`)
}

function shown(bytes) {
  return bytes.toLocaleString('en')
}
