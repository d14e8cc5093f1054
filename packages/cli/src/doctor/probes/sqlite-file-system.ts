import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Probe, Reading } from '../probe.ts'
import { askSqlite } from '../stores/ask-sqlite.ts'

// The numbers of Linux, https://man7.org/linux/man-pages/man2/statfs.2.html and include/uapi/linux/magic.h.
const NETWORK = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB (cifs)'],
  [0xfe534d42, 'SMB 2'],
  [0x01021997, '9p'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x786f4256, 'a shared folder of VirtualBox'],
])
const MEMORY = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
])
// https://docs.kernel.org/filesystems/overlayfs.html: what containers write to where they have no volume.
const OVERLAY = 0x794c7630

export const sqliteFileSystem: Probe = {
  id: 'sqlite-file-system',
  needs: 'The file is on a local disk',
  how: '`statfs` of the folder, on Linux; on other systems nothing is said.',
  why: 'Write-ahead logging needs memory that all processes share, and does not work over a network (https://www.sqlite.org/wal.html#overview); what is kept in memory only is gone with the machine.',
  mend: 'Move the file to a local disk or to a volume of the container.',
  look: (surroundings) =>
    askSqlite(surroundings, async ({ folder }) => {
      if (process.platform !== 'linux') return undefined
      if (!existsSync(folder)) return { kind: 'unknown', seen: `not looked at: there is no folder ${folder}` }
      return judgeFileSystem((await statfs(folder)).type)
    }),
}

/** By its number: a warning where it is known to be no disk, since the mount alone does not say who else has it. */
export function judgeFileSystem(type: number): Omit<Reading, 'subject'> {
  const number = type >>> 0
  const network = NETWORK.get(number)
  if (network !== undefined) return { kind: 'warning', seen: `${network}: over a network` }
  const memory = MEMORY.get(number)
  if (memory !== undefined) return { kind: 'warning', seen: `${memory}: in memory, gone when the machine restarts` }
  if (number === OVERLAY) return { kind: 'good', seen: 'overlay: in a container it goes with the container' }
  return { kind: 'good', seen: 'no network and not in memory, as far as Linux tells' }
}
