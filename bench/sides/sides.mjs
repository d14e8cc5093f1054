/** The servers that are compared, by name; each is loaded only in the process that is one. */
export const sides = {
  'pg-bare': of('./postgres-bare.mjs', 'bare'),
  'pg-own-transaction': of('./postgres-bare.mjs', 'ownTransaction'),
  'pg-declared': of('./postgres.mjs', 'declared'),
  'pg-create': of('./postgres.mjs', 'creating'),
  'sqlite-bare': of('./sqlite-bare.mjs', 'bare'),
  'sqlite-declared': of('./sqlite.mjs', 'declared'),
  'sqlite-create': of('./sqlite.mjs', 'creating'),
  'no-database': of('./no-database.mjs', 'bare'),
  constant: of('./no-database.mjs', 'constant'),
  memory: of('./memory.mjs', 'memory'),
  redis: of('./redis.mjs', 'redis'),
  'pipeline-bare': of('./pipeline.mjs', 'bare'),
  pipeline: of('./pipeline.mjs', 'pipeline'),
  'node-bare': of('./frameworks/node.mjs', 'bare'),
  'node-creation': of('./frameworks/node.mjs', 'creation'),
  'express-bare': of('./frameworks/express.mjs', 'bare'),
  'express-creation': of('./frameworks/express.mjs', 'creation'),
  'express-guarded': of('./frameworks/express.mjs', 'guarded'),
  'koa-bare': of('./frameworks/koa.mjs', 'bare'),
  'koa-creation': of('./frameworks/koa.mjs', 'creation'),
  'hono-bare': of('./frameworks/hono.mjs', 'bare'),
  'hono-creation': of('./frameworks/hono.mjs', 'creation'),
  'hono-guarded': of('./frameworks/hono.mjs', 'guarded'),
  'fetch-bare': of('./frameworks/fetch.mjs', 'bare'),
  'fetch-creation': of('./frameworks/fetch.mjs', 'creation'),
  'nest-bare': of('./frameworks/nest.mjs', 'bare'),
  'nest-creation': of('./frameworks/nest.mjs', 'creation'),
  'node-idempotency': of('./node-idempotency.mjs', 'nodeIdempotency'),
  powertools: of('./powertools.mjs', 'powertools'),
  'express-idempotency': of('./express-idempotency.mjs', 'expressIdempotency'),
}

function of(file, name) {
  return async (options) => (await import(file))[name](options)
}
