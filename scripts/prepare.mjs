// Installs and builds what is missing, and does nothing when all is there. Runs before `npm start` and `npm test`,
// so it may use nothing but Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { buildFingerprint, STAMP } from './build-fingerprint.mjs'
import { isSupportedNode } from './is-supported-node.mjs'

if (!isSupportedNode(process.versions.node)) {
  fail(
    `Createonce needs Node 20.19, 22.13, or 24 and later; this is ${process.versions.node}. Install one of them and run the command again.`,
  )
}

const INSTALLED = 'node_modules/.package-lock.json'
if (!existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync('package-lock.json').mtimeMs) {
  say('Installing dependencies (npm ci), about half a minute …')
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== buildFingerprint()) {
  say('Building …')
  npm(['run', '--silent', 'build'])
}

function npm(args) {
  // npm's own script rather than the name `npm`: the one that runs us, on every system, without a shell.
  const script = process.env.npm_execpath
  const [command, rest] = script ? [process.execPath, [script, ...args]] : ['npm', args]
  const { status, error } = spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) fail(`npm ${args.join(' ')} could not be started: ${error.message}`)
  if (status !== 0) fail(`npm ${args.join(' ')} ended with code ${status}; its message stands above.`)
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
