import { createServer } from 'node:http'
import { toKoa } from '@createonce/server/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { listening } from '../listening.mjs'
import { noteCreation, toNote } from '../note.mjs'

export function bare() {
  const router = new Router().post('/orders', (ctx) => {
    const note = toNote(ctx.request.body)
    ctx.status = 201
    ctx.set('Location', `/orders/${note.id}`)
    ctx.body = note
  })
  return listening(createServer(new Koa().use(bodyParser()).use(router.routes()).callback()))
}

export function creation() {
  const router = new Router().post('/orders', toKoa(noteCreation()))
  return listening(createServer(new Koa().use(router.routes()).callback()))
}
