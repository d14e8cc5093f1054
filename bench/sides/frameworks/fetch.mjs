import { toFetch } from '@createonce/server/fetch'
import { createAdaptorServer } from '@hono/node-server'
import { listening } from '../listening.mjs'
import { noteCreation, toNote } from '../note.mjs'

const served = (fetch) => listening(createAdaptorServer({ fetch }))

export function bare() {
  return served(async (request) => {
    const note = toNote(await request.json())
    return Response.json(note, { status: 201, headers: { Location: `/orders/${note.id}` } })
  })
}

export function creation() {
  const answer = toFetch(noteCreation())
  return served((request) => answer(request))
}
