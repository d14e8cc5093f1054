import { problemPage } from '@createonce/server'
import { Controller, Get, Headers, Param, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { Response } from 'express'

/** What the `type` of a problem leads to. */
@Controller('problems')
@ApiExcludeController()
export class ProblemsController {
  @Get(':code')
  read(@Param('code') code: string, @Headers('accept') accept: string | undefined, @Res() response: Response) {
    const { status, headers, body } = problemPage(code, accept)
    response.status(status).set(headers).send(body)
  }
}
