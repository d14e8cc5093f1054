// Starts wrong.py or right.py, verifies it, prints the report and ends with its exit code: node start.mjs wrong
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { get } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const [which] = process.argv.slice(2)
if (which !== 'wrong' && which !== 'right') {
  console.error('Say which: wrong or right.')
  process.exit(2)
}
const folder = fileURLToPath(new URL('.', import.meta.url))
const manifest = createRequire(import.meta.url).resolve('createonce/package.json')
const port = process.env.PORT ?? '5000'
const url = `http://localhost:${port}`

const service = spawn(python(), ['-m', 'flask', '--app', which, 'run', '--port', port], {
  cwd: folder,
  // Its log has a line for each of a thousand requests, and a stack for each error of wrong.py.
  stdio: 'ignore',
})
process.once('exit', () => service.kill('SIGKILL'))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

while (!(await answers())) {
  if (service.exitCode !== null) {
    console.error(`Flask ended before ${url} answered: is the port taken? PORT=5001 chooses another one.`)
    process.exit(1)
  }
  await pause(50)
}
const verify = spawn(process.execPath, [join(dirname(manifest), 'dist/main.js'), 'verify', url, '--seed', '1'], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
const [code] = await once(verify, 'close')
process.exit(code ?? 1)

/** A Python that has Flask: the one of PYTHON, else the system's, else that of a virtual environment beside this file. */
function python() {
  if (process.env.PYTHON !== undefined) return process.env.PYTHON
  if (spawnSync('python3', ['-c', 'import flask']).status === 0) return 'python3'
  const own = join(folder, '.venv/bin/python')
  if (!existsSync(own)) execFileSync('python3', ['-m', 'venv', join(folder, '.venv')], { stdio: 'inherit' })
  if (spawnSync(own, ['-c', 'import flask']).status !== 0) {
    const install = ['-m', 'pip', 'install', '--quiet', '-r', join(folder, 'requirements.txt')]
    // The report alone goes to standard output.
    execFileSync(own, install, { stdio: ['ignore', 2, 2] })
  }
  return own
}

function answers() {
  return new Promise((resolve) => {
    get(`${url}/openapi.json`, (response) => resolve(response.resume().statusCode === 200)).once('error', () =>
      resolve(false),
    )
  })
}
