import { adapters } from './adapters/run.mjs'
import { halfLoad } from './half-load/run.mjs'
import { large } from './large/run.mjs'
import { memory } from './memory/run.mjs'
import { memoryStore } from './memory-store/run.mjs'
import { peers } from './peers/run.mjs'
import { pipeline } from './pipeline/run.mjs'
import { postgres } from './postgres/run.mjs'
import { redis } from './redis/run.mjs'
import { replay } from './replay/run.mjs'
import { besideSchemathesis } from './schemathesis/run.mjs'
import { serving } from './serve/run.mjs'
import { sqlite } from './sqlite/run.mjs'
import { verifying } from './verify/run.mjs'
import { verifyingApps } from './verify-app/run.mjs'

/**
 * All benchmarks by name: what they compare, and what runs them and returns the rows of their table. `onlyNamed` ones take
 * long and run only when they are asked for by name, or in the short form.
 */
export const benchmarks = {
  pipeline: { title: 'The pipeline without a store: CPU of the server process', run: pipeline },
  adapters: {
    title: "The adapters, each beside its framework's own handler: CPU of the server process",
    run: adapters,
  },
  'memory-store': { title: 'The memory store: CPU of the server process', run: memoryStore },
  verify: { title: 'Verifying on loopback', run: verifying },
  'verify-app': { title: 'verifyApp in a test: one creation', run: verifyingApps },
  schemathesis: {
    title: 'Verifying APIs with one fault each, beside Schemathesis',
    run: besideSchemathesis,
    onlyNamed: true,
  },
  serve: {
    title: 'createonce serve, beside json-server and Prism on the same document',
    run: serving,
    onlyNamed: true,
  },
  replay: { title: 'A replay, beside a constant answer', run: replay },
  sqlite: { title: 'SQLite, beside one prepared INSERT', run: sqlite },
  postgres: { title: 'PostgreSQL, beside one prepared INSERT, and beside BEGIN, INSERT, COMMIT', run: postgres },
  redis: { title: 'Redis, beside no protection', run: redis },
  peers: { title: 'Beside other libraries, around the same INSERT into PostgreSQL', run: peers },
  'half-load': { title: 'At half of the peak load of the bare handler', run: halfLoad },
  memory: { title: 'Memory of the server while it creates', run: memory },
  large: { title: 'With many records in the table', run: large, onlyNamed: true },
}
