import type { LoggerService } from '@nestjs/common'
import type { Logger } from '../../observe/log.ts'

/**
 * Hands the lines of creations to a logger of Nest, as objects: `new Logger('Createonce')` leads to whatever the
 * application logs with.
 *
 * @example
 * CreateonceModule.forRoot({ …, log: nestLog(new Logger('Createonce')) })
 */
export function nestLog(logger: Pick<LoggerService, 'log' | 'warn' | 'error'>): Logger {
  return {
    info: (fields) => logger.log(withPlainError(fields)),
    warn: (fields) => logger.warn(withPlainError(fields)),
    error: (fields) => logger.error(withPlainError(fields)),
  }
}

/** An error has no enumerable members, and a logger that writes JSON would lose it. */
function withPlainError(fields: object): object {
  const { err } = fields as { readonly err?: unknown }
  if (!(err instanceof Error)) return fields
  const { message, stack } = err
  return { ...fields, err: { type: err.constructor.name, message, stack } }
}
