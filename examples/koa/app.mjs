import { problemPage } from '@createonce/server'
import { Router } from '@koa/router'
import Koa from 'koa'
import { defineCreateBookmark, routeBookmarks } from './bookmarks.mjs'
import { describeApi } from './openapi.mjs'
import { problems } from './problems.mjs'

/** The application, over the store of bookmarks and keys. */
export function createApp(store) {
  const createBookmark = defineCreateBookmark(store)
  const document = describeApi({ createBookmark })

  const router = new Router()
  router.get('/openapi.json', (ctx) => {
    ctx.body = document
  })
  router.get('/problems/:code', (ctx) => {
    const { status, headers, body } = problemPage(ctx.params.code, ctx.get('Accept'))
    ctx.set(headers)
    ctx.status = status
    ctx.body = body
  })
  routeBookmarks(router, store, createBookmark)

  return new Koa().use(problems).use(router.routes())
}
