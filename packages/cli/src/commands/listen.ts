import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { UsageError } from '../usage-error.ts'

/** Where a server listens. */
export interface Address {
  /** 0 picks a free one. */
  readonly port: number
  readonly host: string
}

/** Lets a server accept requests, and returns its URL; says in a sentence what is wrong where that fails. */
export async function listen(app: FastifyInstance, { port, host }: Address): Promise<string> {
  const { level } = app.log
  // The framework's own line would say the same a second time, between lines for people.
  app.log.level = 'warn'
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw explained(error, port, host)
  } finally {
    app.log.level = level
  }
  const bound = app.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

function explained(error: unknown, port: number, host: string): unknown {
  switch ((error as { code?: string }).code) {
    case 'EADDRINUSE':
      return new UsageError(
        `Port ${port} on ${host} is in use. Stop what runs there, choose another with --port N, or let --port 0 pick a free one.`,
      )
    case 'EACCES':
      return new UsageError(`Port ${port} may not be used without more rights; choose one above 1023 with --port N.`)
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new UsageError(`This machine has no address ${host}; use --host localhost, or 0.0.0.0 for all addresses.`)
    default:
      return error
  }
}
