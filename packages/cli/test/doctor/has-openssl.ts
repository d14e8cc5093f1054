import { spawnSync } from 'node:child_process'

/** Whether certificates can be made here; where CI is set they have to be, and the tests fail without. */
export const hasOpenssl: boolean =
  process.env['CI'] !== undefined || spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
