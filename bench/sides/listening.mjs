import { once } from 'node:events'

/** A side from a server of `node:http`. */
export function listening(server) {
  return {
    async listen() {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server.address().port
    },
  }
}
