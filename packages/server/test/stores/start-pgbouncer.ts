import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../scripts/free-port.mjs'
import { endWithUs } from './end-with-us.ts'
import type { PostgresServer } from './postgres-server.ts'

/** Where the program is, if it is installed: `scripts/install-pgbouncer.sh`. */
export const pgbouncer: string | undefined = [
  '/usr/sbin/pgbouncer',
  '/usr/bin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
].find((path) => existsSync(path))

/** Starts it in transaction mode in front of a server: every transaction may meet another of its three connections. */
export async function startPgbouncer(
  server: PostgresServer,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-pgbouncer-'))
  const port = await freePort()
  const { user, password } = server.config('postgres')
  await writeFile(join(folder, 'users'), `"${user}" "${password}"\n`)
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, 'users')}
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
`,
  )
  await chmod(folder, 0o755)
  // It refuses to run as root.
  const ids = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  const child = spawn(pgbouncer!, [join(folder, 'pgbouncer.ini')], { ...ids, stdio: ['ignore', 'ignore', 'pipe'] })
  const callOff = endWithUs(child.pid!, folder)
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (data) => {
      said += String(data)
      if (said.includes('process up')) resolve()
    })
    child.once('exit', () => reject(new Error(`PgBouncer ended: ${said}`)))
  })
  return {
    port,
    async stop() {
      callOff()
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
}
