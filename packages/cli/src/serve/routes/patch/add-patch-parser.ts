import type { FastifyInstance } from 'fastify'

/** The media type of a JSON Merge Patch (RFC 7396 §4). */
const MERGE_PATCH = 'application/merge-patch+json'

/** Lets a PATCH take JSON by the name of a merge patch, too; everything else gets the bytes, and judges the name itself. */
export function addPatchParser(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (request.method === 'PATCH') parse(request, bytes.toString(), done)
    else done(null, bytes)
  })
}
