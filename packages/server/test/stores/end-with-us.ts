import { spawn } from 'node:child_process'

/**
 * Ends a process when this one ends, in whatever way: a test process that is killed cannot clean up, but a pipe sees it
 * go. Removes `folder` then, where there is one. The returned function calls it off.
 */
export function endWithUs(pid: number, folder = ''): () => void {
  const watch = spawn('sh', ['-c', 'read _; kill -QUIT "$0" 2>/dev/null; sleep 1; rm -rf "$1"', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  return () => void watch.kill('SIGKILL')
}
