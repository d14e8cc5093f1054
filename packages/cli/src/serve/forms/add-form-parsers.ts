import type { FastifyInstance } from 'fastify'
import { FORM_TYPES } from './accepted-content.ts'

// Marks the routes that take forms: Fastify has parsers for a whole instance, and none for a route.
const TAKES_FORMS = Symbol('createonce.forms')

/** What a route's `config` has to have for forms to be read. */
export const takingForms: Readonly<Record<symbol, true>> = { [TAKES_FORMS]: true }

/** Lets routes that are marked have the bytes of forms; for all others a form stays a media type that is not taken. */
export function addFormParsers(app: FastifyInstance): void {
  for (const type of FORM_TYPES) {
    if (app.hasContentTypeParser(type)) continue
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, bytes, done) => {
      const { config } = request.routeOptions
      if (TAKES_FORMS in config) done(null, bytes)
      else done(Object.assign(new Error('Unsupported Media Type'), UNSUPPORTED))
    })
  }
}

// What Fastify itself says of a type that it has no parser for.
const UNSUPPORTED = { statusCode: 415, code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }
