import { defineCreation, etagOf } from '@createonce/server'
import { otherMethods, toKoa } from '@createonce/server/koa'
import { z } from 'zod'

/** The table; the store makes its own beside it. */
export const schema = `create table if not exists bookmarks (
  id text primary key,
  url text not null unique,
  title text not null,
  created_at text not null
) strict`

const newBookmark = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  title: z.string().trim().min(1).max(200),
})

/** What is answered for a bookmark, by POST, GET and the list alike. */
export const bookmark = newBookmark.extend({ id: z.uuid(), createdAt: z.iso.datetime() })

function represent({ id, url, title, created_at }) {
  return { id, url, title, createdAt: created_at }
}

/**
 * `POST /bookmarks`: who bookmarks a URL that is there already gets the bookmark that is there.
 *
 * @param {import('@createonce/server/sqlite').SqliteStore} store
 */
export function defineCreateBookmark(store) {
  return defineCreation({
    operation: 'createBookmark',
    store,
    principal: 'anybody', // with authentication: (request) => request.native.state.user
    input: newBookmark,
    // One row of one table: declared, so that requests that come at once share one write to the disk.
    insert: {
      table: 'bookmarks',
      values: ({ url, title }, { newId, now }) => ({ id: newId(), url, title, created_at: now.toISOString() }),
    },
    duplicates: {
      policy: 'return-existing',
      naturalKey: ['url'],
      find: ({ url }, { tx }) => tx.prepare('select * from bookmarks where url = ?').get(url),
    },
    idempotency: 'optional',
    location: '/bookmarks/{id}',
    represent,
    etag: etagOf,
    openapi: { summary: 'Bookmark a page' },
  })
}

const pageQuery = z.object({
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** The routes of bookmarks. */
export function routeBookmarks(router, store, createBookmark) {
  router.post('/bookmarks', toKoa(createBookmark))

  router.get('/bookmarks', (ctx) => {
    const query = pageQuery.safeParse(ctx.query)
    if (!query.success) ctx.throw(400, z.prettifyError(query.error))
    const { after = '~', limit } = query.data // '~' sorts behind every id
    // The ids begin with the time, so that their order is that of creation. One row more than fits tells whether there is a next page.
    const rows = store.read
      .prepare('select * from bookmarks where id < ? order by id desc limit ?')
      .all(after, limit + 1)
    const items = rows.slice(0, limit).map(represent)
    ctx.body = {
      items,
      ...(rows.length > limit && { next: `/bookmarks?after=${items.at(-1).id}&limit=${limit}` }),
    }
  })

  router.get('/bookmarks/:id', (ctx) => {
    const row = store.read.prepare('select * from bookmarks where id = ?').get(ctx.params.id)
    if (row === undefined) ctx.throw(404, 'There is no such bookmark.')
    ctx.body = represent(row)
    ctx.set('ETag', etagOf(ctx.body))
  })

  router.delete('/bookmarks/:id', async (ctx) => {
    const { changes } = await store.write((tx) => tx.prepare('delete from bookmarks where id = ?').run(ctx.params.id))
    if (Number(changes) === 0) ctx.throw(404, 'There is no such bookmark.')
    ctx.status = 204
  })

  router.all('/bookmarks', otherMethods(createBookmark))
}
