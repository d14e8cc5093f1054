import type { RequestListener } from 'node:http'
import { createItems, textOf } from './items.ts'

/** The items as a listener of `node:http`. */
export function itemsListener({ answer }: ReturnType<typeof createItems> = createItems()): RequestListener {
  return async (request, response) => {
    const chunks = await request.toArray().catch(() => undefined)
    if (chunks === undefined) return
    const { status, headers, body } = answer({
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://localhost').pathname,
      contentType: request.headers['content-type'] ?? '',
      key: request.headers['idempotency-key'] as string | undefined,
      text: textOf(Buffer.concat(chunks)),
    })
    response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : body)
  }
}
