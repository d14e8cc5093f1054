import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  UnauthorizedException,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { Before, OwnAnswer } from '../../../src/testing/index.ts'

interface Response {
  header(name: string, value: string | readonly string[]): void
}

/** What the application does in front of a creation, in Nest's own means: a guard, and a filter for what it throws. */
export function putBefore(app: INestApplication, before: Before): void {
  const denial = before.kind === 'throws' ? before.error : new UnauthorizedException()
  const guard: CanActivate = {
    canActivate(context: ExecutionContext) {
      if (before.kind !== 'sets-cookies') throw denial
      context.switchToHttp().getResponse<Response>().header('Set-Cookie', before.cookies())
      return true
    },
  }
  app.useGlobalGuards(guard)
  if (before.kind !== 'sets-cookies') app.useGlobalFilters(answering(app, denial, before.answer))
}

function answering(app: INestApplication, denial: Error, { status, headers, body }: OwnAnswer): ExceptionFilter {
  class Own implements ExceptionFilter {
    catch(error: unknown, host: ArgumentsHost): void {
      if (error !== denial) throw error
      const response = host.switchToHttp().getResponse<Response>()
      for (const name in headers) response.header(name, headers[name]!)
      app.get(HttpAdapterHost).httpAdapter.reply(response, body, status)
    }
  }
  Catch()(Own)
  return new Own()
}
