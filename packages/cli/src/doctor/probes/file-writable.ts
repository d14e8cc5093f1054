import { randomUUID } from 'node:crypto'
import { constants, open, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { judgeFiles } from '../files.ts'
import type { Probe } from '../probe.ts'

export const fileWritable: Probe = {
  id: 'file-writable',
  needs: 'The file or folder can be written',
  how: "Each of the profile's `prerequisites.files` with access `write` is opened for writing and left as it is; in a folder an empty file is made and removed. As root, its mode has to allow it to somebody as well.",
  why: 'A service that cannot write its data starts, and fails at the first creation.',
  mend: 'Give the user of the service the permission to write it: `chmod u+w`, `chown`; and see that its disk is not mounted read-only.',
  look: (surroundings) =>
    judgeFiles(
      surroundings,
      'write',
      async ({ path, stats }) => {
        if (stats.isDirectory()) await writeInto(path)
        else await (await open(path, constants.O_WRONLY | (stats.isFile() ? 0 : constants.O_NONBLOCK))).close()
      },
      async ({ path: subject }, path) => {
        const folder = dirname(path)
        const isThere = await stat(folder).then(
          (found) => found.isDirectory(),
          () => false,
        )
        if (!isThere) return undefined
        await writeInto(folder)
        const mend = 'Make it, unless the service does.'
        return { kind: 'warning', subject, seen: 'not there; its folder can be written', mend }
      },
    ),
}

async function writeInto(folder: string): Promise<void> {
  const file = join(folder, `.createonce-doctor-${randomUUID()}`)
  await (await open(file, 'wx', 0o600)).close()
  await unlink(file)
}
