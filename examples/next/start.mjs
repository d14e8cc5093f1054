// `npm start --workspace examples/next`: builds where something has changed, starts `next start`, and says where it listens.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const port = process.env.PORT ?? '3000'
// Without DATABASE the orders are gone at the end.
const temporary = process.env.DATABASE ? undefined : mkdtempSync(join(tmpdir(), 'createonce-next-'))
const env = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
  DATABASE: process.env.DATABASE || join(temporary, 'shop.db'),
}
let child
let isEnding = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isEnding = true
    child?.kill('SIGTERM')
  })
}
process.on('exit', () => temporary && rmSync(temporary, { recursive: true, force: true }))

if (!isBuilt()) {
  const code = await next(['build'], (line) => console.error(line))
  if (code !== 0) process.exit(code)
}
if (!isEnding) {
  const code = await next(['start', '--hostname', '127.0.0.1', '--port', port], (line) => {
    if (line.includes('Ready in')) console.log(`listening on http://127.0.0.1:${port}`)
    else console.error(line)
  })
  process.exitCode = isEnding ? 0 : code
}

/** Is the build newer than what it is made of: this folder, the library, and what is installed? */
function isBuilt() {
  const built = join(folder, '.next/BUILD_ID')
  if (!existsSync(built)) return false
  const sources = readdirSync(folder, { recursive: true }).filter((file) => !/^(\.next|node_modules|test)/.test(file))
  const made = ['node_modules/.createonce-build', 'node_modules/.package-lock.json'].map((file) => `../../${file}`)
  return [...sources, ...made].every((file) => statSync(join(folder, file)).mtimeMs < statSync(built).mtimeMs)
}

async function next(args, hear) {
  const bin = createRequire(import.meta.url).resolve('next/dist/bin/next')
  child = spawn(process.execPath, [bin, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', hear)
  const [code] = await once(child, 'exit')
  return code ?? 1
}
