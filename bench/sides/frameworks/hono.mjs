import { toHono } from '@createonce/server/hono'
import { idempotent } from '@createonce/server/idempotent/hono'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { listening } from '../listening.mjs'
import { guard, noteCreation, toNote } from '../note.mjs'

const served = (app) => listening(createAdaptorServer({ fetch: app.fetch }))

async function answer(c) {
  const note = toNote(await c.req.json())
  return c.json(note, 201, { Location: `/orders/${note.id}` })
}

export function bare() {
  return served(new Hono().post('/orders', answer))
}

export function creation() {
  return served(new Hono().post('/orders', toHono(noteCreation())))
}

export function guarded() {
  return served(new Hono().post('/orders', idempotent(guard()), answer))
}
