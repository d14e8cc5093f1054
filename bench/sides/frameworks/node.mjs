import { createServer } from 'node:http'
import { toNode } from '@createonce/server/node'
import { listening } from '../listening.mjs'
import { noteCreation, toNote } from '../note.mjs'

/** A listener that reads, parses and answers. */
export function bare() {
  return listening(
    createServer((request, response) => {
      const chunks = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => {
        const note = toNote(JSON.parse(Buffer.concat(chunks).toString()))
        const text = JSON.stringify(note)
        response.writeHead(201, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
          Location: `/orders/${note.id}`,
        })
        response.end(text)
      })
    }),
  )
}

export function creation() {
  return listening(createServer(toNode(noteCreation())))
}
