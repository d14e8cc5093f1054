import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../free-port.mjs'
import { fill } from './fill.mjs'
import { startPostgres } from './start-postgres.mjs'
import { takeFirstSteps } from './take-first-steps.mjs'

// Python services that migrate a database at their first start take half a minute of it on two busy cores.
const READY_WITHIN_MS = 120_000

/** Starts what a recipe describes on a free port of loopback, waits until it answers, and takes the first steps. */
export async function start(recipe, { bin, modules }, folder) {
  const port = await freePort()
  const postgres = recipe.postgres === true ? await startPostgres(join(folder, 'postgres')) : undefined
  const values = {
    ...{ port: String(port), base: `http://127.0.0.1:${port}`, folder, bin, modules },
    ...(postgres && { postgres: postgres.url, postgresPort: String(postgres.port) }),
  }
  for (const [name, content] of Object.entries(fill(recipe.files ?? {}, values))) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  const path = `${bin}${delimiter}${process.env.PATH}`
  const env = { ...process.env, PATH: path, HOME: folder, NODE_PATH: modules, ...fill(recipe.env ?? {}, values) }
  for (const [command, ...args] of fill(recipe.setup ?? [], values)) {
    const { status, stderr, error } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.slice(-2_000)}`)
  }

  const [command, ...args] = fill(recipe.start, values)
  const log = join(folder, 'service.log')
  // A group of its own: some start workers, which have to end with it.
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit').catch((error) => [error.message])
  const written = createWriteStream(log)
  child.stdout.pipe(written, { end: false })
  child.stderr.pipe(written, { end: false })
  const kill = () => {
    const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null
    if (isRunning) process.kill(-child.pid, 'SIGKILL')
  }
  process.once('exit', kill)
  const stop = async () => {
    kill()
    await ended
    await postgres?.stop()
  }
  try {
    await Promise.race([isReady(`${values.base}${recipe.ready}`), ended.then(([why]) => tooEarly(why))])
    return { values: { ...values, ...(await takeFirstSteps(recipe.first ?? [], values)) }, stop }
  } catch (error) {
    await stop()
    throw new Error(`${error.message}\n${readFileSync(log, 'utf8').slice(-2_000)}`)
  }
}

async function isReady(url) {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(200)) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer !== undefined && answer.status < 500) return
  }
  throw new Error(`nothing answered at ${url} within ${READY_WITHIN_MS / 1000} s`)
}

function tooEarly(why) {
  throw new Error(`it ended (${why}) before it answered`)
}
