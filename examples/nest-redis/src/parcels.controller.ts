import { type CreateContext, created, etagOf } from '@createonce/server'
import { Creation } from '@createonce/server/nest'
import {
  All,
  BadRequestException,
  Controller,
  Delete,
  Get,
  HttpCode,
  MethodNotAllowedException,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common'
import {
  ApiBearerAuth,
  ApiExcludeEndpoint,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
} from '@nestjs/swagger'
import type { Response } from 'express'
import { z } from 'zod'
import { type Authenticated, AuthGuard } from './auth.guard.js'
import { type NewParcel, newParcel, pageQuery } from './parcel.js'
import { ParcelsService } from './parcels.service.js'
import { pageSchema, parcelSchema, refused } from './schemas.js'

@Controller('parcels')
@UseGuards(AuthGuard)
@ApiBearerAuth()
export class ParcelsController {
  constructor(private readonly parcels: ParcelsService) {}

  @Post()
  @ApiOperation({ operationId: 'createParcel' })
  @refused(401)
  @Creation({
    operation: 'createParcel',
    input: newParcel,
    duplicates: 'allow', // two equal parcels are two parcels; only the key tells a retry from another one
    location: '/parcels/{id}',
    etag: etagOf,
    openapi: { summary: 'Hand in a parcel', private: true },
  })
  async create(input: NewParcel, { principal, attemptKey }: CreateContext<undefined>) {
    // There is one, since the key is required.
    return created(await this.parcels.add(attemptKey!, input, principal))
  }

  @Get()
  @ApiOperation({ operationId: 'listParcels' })
  @ApiQuery({ name: 'before', required: false, schema: { type: 'integer', minimum: 1 } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } })
  @ApiOkResponse({ description: 'The newest first; `next` is where the next page is.', schema: pageSchema })
  @refused(400, 401)
  list(@Query() query: unknown, @Req() { user }: Authenticated) {
    const page = pageQuery.safeParse(query)
    if (!page.success) throw new BadRequestException(z.prettifyError(page.error))
    return this.parcels.list(user, page.data)
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getParcel' })
  @ApiOkResponse({ description: 'It.', schema: parcelSchema })
  @refused(401, 404)
  async read(@Param('id') id: string, @Req() { user }: Authenticated, @Res({ passthrough: true }) response: Response) {
    const parcel = await this.parcels.find(id, user)
    if (parcel === undefined) throw new NotFoundException('There is no such parcel.')
    response.setHeader('ETag', etagOf(parcel))
    return parcel
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteParcel' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @refused(401, 404)
  async remove(@Param('id') id: string, @Req() { user }: Authenticated) {
    if (!(await this.parcels.remove(id, user))) throw new NotFoundException('There is no such parcel.')
  }

  /** Nest answers 404 to a method that a path does not have; 405 says what it has (RFC 9110 §15.5.6). */
  @All()
  @ApiExcludeEndpoint()
  otherMethods(@Res({ passthrough: true }) response: Response) {
    response.setHeader('Allow', 'GET, HEAD, POST')
    throw new MethodNotAllowedException('There are only GET, HEAD and POST.')
  }
}
