import { STATUS_CODES } from 'node:http'

/** Makes RFC 9457 problems of what others throw, and of what nobody answered. */
export async function problems(ctx, next) {
  try {
    await next()
    if (ctx.status === 404 && ctx.body === undefined) ctx.throw(404, 'There is nothing here.')
  } catch (error) {
    // Koa logs it, unless its message is meant for the client.
    if (!error.expose) ctx.app.emit('error', error, ctx)
    const status = error.status ?? 500
    ctx.status = status
    ctx.type = 'application/problem+json'
    ctx.body = JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail: error.expose ? error.message : 'Something is wrong on our side.',
    })
  }
}
