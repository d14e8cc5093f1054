const atLeast = (limit) => ({ sign: '≥', limit })
const atMost = (limit) => ({ sign: '≤', limit })

/**
 * What each benchmark measures, row by row, and what is demanded of a row's figures. The one source of the goals: the
 * tables take from here which goal stands beside a figure and whether its median has reached it.
 */
export const goals = {
  pipeline: {
    'bare Fastify, 201': {},
    'the pipeline without a store, no key': { 'added user µs': atMost(15) },
    'the pipeline without a store, with a key': { 'added user µs': atMost(15) },
  },
  adapters: {
    'node:http': {},
    'node:http, a creation, no key': { 'added user µs': atMost(15) },
    'node:http, a creation, with a key': { 'added user µs': atMost(15) },
    'Express 4': {},
    'Express 4, a creation, no key': { 'added user µs': atMost(25) },
    'Express 4, a creation, with a key': { 'added user µs': atMost(25) },
    'Express 5': {},
    'Express 5, a creation, no key': { 'added user µs': atMost(25) },
    'Express 5, a creation, with a key': { 'added user µs': atMost(25) },
    'Express 5, a guard, no key': {},
    'Express 5, a guard, with a key': {},
    Fastify: {},
    'Fastify, a creation, no key': { 'added user µs': atMost(15) },
    'Fastify, a creation, with a key': { 'added user µs': atMost(15) },
    Koa: {},
    'Koa, a creation, no key': { 'added user µs': atMost(15) },
    'Koa, a creation, with a key': { 'added user µs': atMost(15) },
    Hono: {},
    'Hono, a creation, no key': { 'added user µs': atMost(15) },
    'Hono, a creation, with a key': { 'added user µs': atMost(15) },
    'Hono, a guard, no key': {},
    'Hono, a guard, with a key': {},
    fetch: {},
    'fetch, a creation, no key': { 'added user µs': atMost(15) },
    'fetch, a creation, with a key': { 'added user µs': atMost(15) },
    'Nest on Express': {},
    'Nest on Express, a creation, no key': { 'added user µs': atMost(15) },
    'Nest on Express, a creation, with a key': { 'added user µs': atMost(15) },
    'Nest on Fastify': {},
    'Nest on Fastify, a creation, no key': { 'added user µs': atMost(15) },
    'Nest on Fastify, a creation, with a key': { 'added user µs': atMost(15) },
  },
  'memory-store': {
    'the handler without a database': {},
    'the memory store around it': { 'added user µs': atMost(10) },
  },
  verify: {
    'the bookshop: 3 creations': { 'process, s': atMost(5) },
    'many creations in one document': {
      'run, s': atMost(180),
      's a creation': atMost(2),
      'heap a creation, MB': atMost(0.5),
    },
  },
  'verify-app': {
    Fastify: { 'first in a process, s': atMost(2) },
    Express: { 'first in a process, s': atMost(2) },
    Hono: { 'first in a process, s': atMost(2) },
  },
  schemathesis: {
    'Schemathesis 4.32.5': {},
    Createonce: { 'found by Schemathesis only': atMost(0), 'times faster where both find': atLeast(10) },
  },
  serve: {
    'json-server 0.17.4, 64 connections': {},
    'json-server 0.17.4, 1 connection': {},
    '@stoplight/prism-cli 5.16.0, 64 connections': {},
    '@stoplight/prism-cli 5.16.0, 1 connection': {},
    'createonce serve, SQLite FULL, 64 connections': {
      'ratio to json-server': atLeast(3),
      'ratio to Prism': atLeast(3),
      'start, s': atMost(1),
    },
    'createonce serve, SQLite FULL, 1 connection': {},
    'createonce serve, SQLite FULL, with keys, 64 connections': {
      'ratio to json-server': atLeast(3),
      'ratio to Prism': atLeast(3),
    },
    'createonce serve, SQLite FULL, with keys, 1 connection': {},
    'createonce serve, PostgreSQL, 64 connections': {},
    'createonce serve, PostgreSQL, 1 connection': {},
    "createonce serve, GitHub's document": { 'start, s': atMost(1) },
  },
  replay: {
    'replay of a completed key, beside a constant 201': { ratio: atLeast(0.95) },
  },
  sqlite: {
    'FULL, declared, 64 connections': { ratio: atLeast(4), 'p99 ratio': atMost(0.5) },
    'FULL, declared, 1 connection': { ratio: atLeast(0.95) },
    'FULL, create(tx), 64 connections': { ratio: atLeast(4), 'p99 ratio': atMost(0.5) },
    'NORMAL, declared, 64 connections': { ratio: atLeast(1.2) },
  },
  postgres: {
    'declared, 64 connections': { ratio: atLeast(3) },
    'declared, 16 connections': { ratio: atLeast(1.5) },
    'declared, 1 connection': { ratio: atLeast(0.9) },
    'declared, 64 connections, 10 % break a foreign key, 10 % race for a natural key': { ratio: atLeast(1) },
    'create(tx), 1 connection': { ratio: atLeast(0.9) },
    'create(tx), 16 connections': { ratio: atLeast(0.9) },
    'create(tx), 64 connections': { ratio: atLeast(0.9) },
  },
  redis: {
    'the Redis store around a handler without a database, 64 connections': { ratio: atLeast(0.6) },
  },
  peers: {
    '@node-idempotency/core': {},
    '@aws-lambda-powertools/idempotency': {},
    'express-idempotency': {},
    'Createonce, declared': { 'ratio to the best': atLeast(2.5) },
  },
  'half-load': {
    'PostgreSQL, declared': { 'p99 ratio': atMost(1.3) },
    'SQLite FULL, declared': { 'p99 ratio': atMost(1.3) },
  },
  memory: {
    'PostgreSQL, declared': { 'growth, %': atMost(10) },
    'SQLite, declared': { 'growth, %': atMost(10) },
    'Redis, create without a database': { 'growth, %': atMost(10) },
  },
  large: {
    'PostgreSQL, beside an empty table': { ratio: atLeast(0.9) },
    'PostgreSQL, while purging': { 'p99 ratio': atMost(2) },
    'SQLite, beside an empty table': { ratio: atLeast(0.9) },
    'SQLite, while purging': { 'p99 ratio': atMost(2) },
  },
}
