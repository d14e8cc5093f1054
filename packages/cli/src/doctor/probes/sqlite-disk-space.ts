import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Probe } from '../probe.ts'
import { askSqlite } from '../stores/ask-sqlite.ts'
import { storeDefaults } from '../stores/defaults.ts'

export const sqliteDiskSpace: Probe = {
  id: 'sqlite-disk-space',
  needs: `So much is free beside the file as \`prerequisites.sqlite.freeMegabytes\` says (${storeDefaults.sqlite.freeMegabytes})`,
  how: '`statfs` of the folder: what users other than root may still take.',
  why: 'On a full disk every creation fails. The write-ahead log alone takes up to 16 MB and more while somebody reads.',
  mend: 'Make room, or move the file to a larger disk; `store.purge()` gives room to new records and does not make the file smaller.',
  look: (surroundings) =>
    askSqlite(surroundings, async ({ folder, freeMegabytes }) => {
      if (!existsSync(folder)) return { kind: 'unknown', seen: `not looked at: there is no folder ${folder}` }
      const { bavail, bsize } = await statfs(folder)
      const free = Math.floor((bavail * bsize) / 1_000_000)
      return { kind: free >= freeMegabytes ? 'good' : 'bad', seen: `${free} MB are free; ${freeMegabytes} are needed` }
    }),
}
