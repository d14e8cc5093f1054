import { creationOf } from '@createonce/server/nest'
import { withCreations } from '@createonce/server/openapi'
import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { ParcelsController } from './parcels.controller.js'

/** The OpenAPI document: routes as @nestjs/swagger finds them, the creation as it is defined. */
export function createDocument(app: INestApplication) {
  const config = new DocumentBuilder().setTitle('Parcels').setOpenAPIVersion('3.1.0').addBearerAuth().build()
  return withCreations(SwaggerModule.createDocument(app, config), {
    'POST /parcels': creationOf(app, ParcelsController, 'create'),
  })
}
