// An API of notes as a process: `node notes-process.mjs PORT FILE WAY [own:other …]`. The ways differ in what a crash leaves
// behind; the pairs are other words for its own.
import { randomUUID } from 'node:crypto'
import http from 'node:http'

const { DatabaseSync } = await import('node:sqlite').catch(() => import('@photostructure/sqlite'))
const [port, file, told, ...pairs] = process.argv.slice(2)
const words = pairs.map((pair) => pair.split(':'))
const disguised = (text) => words.reduce((written, [own, other]) => written.replaceAll(own, other), text)
const undisguised = (text) => words.reduce((read, [own, other]) => read.replaceAll(other, own), text)
const keyed = !told.endsWith(', without keys')
const listed = !told.endsWith(', without a list')
const way = told.replace(/, without (keys|a list)$/, '')

const db = new DatabaseSync(way === 'acknowledges from memory' ? ':memory:' : file)
db.exec('PRAGMA journal_mode = WAL')
db.exec('CREATE TABLE IF NOT EXISTS notes (id TEXT PRIMARY KEY, text TEXT NOT NULL)')
db.exec('CREATE TABLE IF NOT EXISTS keys (key TEXT PRIMARY KEY, text TEXT NOT NULL, answer TEXT)')
const sql = {
  insert: db.prepare('INSERT INTO notes (id, text) VALUES (?, ?)'),
  one: db.prepare('SELECT id, text FROM notes WHERE id = ?'),
  all: db.prepare('SELECT id, text FROM notes'),
  remove: db.prepare('DELETE FROM notes WHERE id = ?'),
  remember: db.prepare('INSERT OR REPLACE INTO keys (key, text, answer) VALUES (?, ?, ?)'),
  known: db.prepare('SELECT text, answer FROM keys WHERE key = ?'),
}
const inMemory = new Map()
const keys =
  way === 'keeps keys in memory'
    ? { get: (key) => inMemory.get(key), set: (key, text, answer) => inMemory.set(key, { text, answer }) }
    : { get: (key) => sql.known.get(key), set: (key, text, answer) => sql.remember.run(key, text, answer) }

// A hop to another server, where keys or rows are kept apart.
const hop = () => new Promise((resolve) => setTimeout(resolve, 1))
const inFlight = new Set()

function inTransaction(work) {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

async function create(text, key) {
  const note = { id: randomUUID(), text }
  const answer = JSON.stringify(note)
  if (key === undefined) {
    sql.insert.run(note.id, text)
    return { status: 201, note }
  }
  const known = keys.get(key)
  if (known !== undefined && known.text !== text) return { status: 422 }
  // A lease that a crash leaves behind is not taken over.
  if (known?.answer === null || inFlight.has(key)) return { status: 409 }
  if (known !== undefined) return { status: 201, note: JSON.parse(known.answer) }
  inFlight.add(key)
  try {
    switch (way) {
      case 'writes the row, then the key':
        sql.insert.run(note.id, text)
        await hop()
        keys.set(key, text, answer)
        break
      case 'writes the key, then the row':
        keys.set(key, text, answer)
        await hop()
        sql.insert.run(note.id, text)
        break
      case 'claims the key for ever':
        keys.set(key, text, null)
        await hop()
        inTransaction(() => {
          sql.insert.run(note.id, text)
          keys.set(key, text, answer)
        })
        break
      default:
        await hop()
        inTransaction(() => {
          sql.insert.run(note.id, text)
          keys.set(key, text, answer)
        })
    }
  } finally {
    inFlight.delete(key)
  }
  return { status: 201, note }
}

const document = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  servers: [{ url: '/' }],
  paths: {
    '/notes': {
      post: {
        operationId: 'createNote',
        'x-creation': { idempotency: keyed ? 'required' : 'off', duplicates: 'allow' },
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } },
            },
          },
        },
        responses: { 201: { description: 'created' } },
      },
      get: listed ? { operationId: 'listNotes', responses: { 200: { description: 'all' } } } : undefined,
    },
    '/notes/{noteId}': {
      parameters: [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'readNote', responses: { 200: { description: 'one' } } },
      delete: { operationId: 'deleteNote', responses: { 204: { description: 'gone' } } },
    },
  },
}

async function handle(request, body) {
  const [, root, id] = request.url.split('?')[0].split('/')
  if (root === 'openapi.json') return { status: 200, json: document }
  if (root !== 'notes') return { status: 404 }
  if (id !== undefined) {
    const note = sql.one.get(id)
    if (note === undefined) return { status: 404 }
    if (request.method !== 'DELETE') return { status: 200, json: note }
    sql.remove.run(id)
    return { status: 204 }
  }
  if (request.method === 'GET' && !listed) return { status: 405 }
  if (request.method === 'GET') return { status: 200, json: sql.all.all() }
  const key = request.headers['idempotency-key']
  if (keyed && key === undefined) return { status: 400 }
  const { status, note } = await create(JSON.parse(body).text, keyed ? key : undefined)
  return note === undefined ? { status } : { status, json: note, location: `/notes/${note.id}` }
}

http
  .createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', async () => {
      const { status, json, location } = await handle(
        { method: request.method, url: undisguised(request.url), headers: request.headers },
        undisguised(body),
      ).catch(() => ({ status: 400 }))
      response.writeHead(status, {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(location === undefined ? {} : { Location: disguised(location) }),
      })
      response.end(json === undefined ? undefined : disguised(JSON.stringify(json)))
    })
  })
  .listen(Number(port), '127.0.0.1')
