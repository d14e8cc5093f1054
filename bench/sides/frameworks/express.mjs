import { createServer } from 'node:http'
import { toExpress } from '@createonce/server/express'
import { idempotent } from '@createonce/server/idempotent/express'
import express5 from 'express'
import express4 from 'express-4'
import { listening } from '../listening.mjs'
import { guard, noteCreation, toNote } from '../note.mjs'

const versions = { 4: express4, 5: express5 }

function answer(request, response) {
  const note = toNote(request.body)
  response.status(201).location(`/orders/${note.id}`).json(note)
}

export function bare({ version }) {
  const express = versions[version]
  return listening(createServer(express().use(express.json()).post('/orders', answer)))
}

export function creation({ version }) {
  return listening(createServer(versions[version]().post('/orders', toExpress(noteCreation()))))
}

export function guarded({ version }) {
  const express = versions[version]
  const app = express().use(express.json()).post('/orders', idempotent(guard()), answer)
  return listening(createServer(app))
}
