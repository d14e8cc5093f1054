import { STATUS_CODES } from 'node:http'
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common'
import type { Response } from 'express'

/** Answers what is thrown with an RFC 9457 problem that has no type of its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const isHttp = error instanceof HttpException
    const status = isHttp ? error.getStatus() : 500
    if (!isHttp) console.error(error)
    const detail = isHttp ? error.message : 'Something is wrong on our side.'
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }))
  }
}
