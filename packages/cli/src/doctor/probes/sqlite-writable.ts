import { existsSync } from 'node:fs'
import type { Probe } from '../probe.ts'
import { askSqlite } from '../stores/ask-sqlite.ts'
import { explainSqliteError, withSqlite, withSqliteBeside } from '../stores/open-sqlite.ts'

// The thread stands still meanwhile; a commit of another process takes milliseconds.
const LONGEST_WAIT_MS = 1_000

export const sqliteWritable: Probe = {
  id: 'sqlite-writable',
  needs: 'The file of the database can be written, and so can its folder; where the file is missing, it can be made',
  how: 'Makes a table in the file, in a transaction that is rolled back; where there is no file yet, in another one beside it, which is removed.',
  why: 'Beside the file SQLite keeps two more, and the store makes the file at its first start: without the rights, or without the folder, it does not start.',
  mend: 'Make the folder, and give file and folder to the user that the service runs as.',
  look: (surroundings) =>
    askSqlite(surroundings, async ({ file, folder }) => {
      if (/^:memory:$|[\\/]:memory:$|mode=memory/.test(file)) {
        return { kind: 'bad', seen: 'memory', mend: 'The store needs a file: its two connections cannot share memory.' }
      }
      if (!existsSync(folder))
        return { kind: 'bad', seen: `there is no folder ${folder}`, mend: `Make it: mkdir -p ${folder}` }
      const isThere = existsSync(file)
      try {
        await (isThere ? withSqlite : withSqliteBeside)(surroundings.file, file, (database) => {
          database.exec(`pragma busy_timeout = ${Math.min(surroundings.timeoutMs, LONGEST_WAIT_MS)}`)
          database.exec('begin immediate')
          try {
            database.exec('create table createonce_doctor (id integer)')
          } finally {
            database.exec('rollback')
          }
        })
        return { kind: 'good', seen: isThere ? 'can be written' : 'is not there yet and can be made' }
      } catch (error) {
        return explainSqliteError(error)
      }
    }),
}
