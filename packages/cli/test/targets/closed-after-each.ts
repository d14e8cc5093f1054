import { afterEach } from 'vitest'
import type { Listening } from './listen.ts'

/** Takes servers of a test, each of which is closed when that test ends. */
export function closedAfterEach(): <Server extends Listening>(server: Server) => Server {
  const started: Listening[] = []
  afterEach(async () => {
    for (const one of started.splice(0)) await one.close()
  })
  return (server) => {
    started.push(server)
    return server
  }
}
