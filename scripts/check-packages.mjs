// Checks what would be published: what unused there is (knip), the manifests (publint), and whether the types resolve
// for every kind of consumer (attw). ESM only, so CommonJS may only `require()` it where Node can (20.19 and later).
import { spawnSync } from 'node:child_process'

const PACKAGES = ['server', 'verifier', 'cli']
let failed = 0

run('knip', ['--no-progress'])
for (const name of PACKAGES) run('publint', ['--strict', `packages/${name}`])
for (const name of ['server', 'verifier'])
  run('attw', ['--pack', `packages/${name}`, '--profile', 'esm-only', '--format', 'ascii'])
process.exitCode = failed === 0 ? 0 : 1

function run(tool, args) {
  console.log(`$ ${tool} ${args.join(' ')}`)
  const { status } = spawnSync(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    failed += 1
    console.error(`${tool} ended with code ${status}`)
  }
}
