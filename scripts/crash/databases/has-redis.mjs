import { spawnSync } from 'node:child_process'

/** Whether there is a Redis to kill. */
export function hasRedis() {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0
}
