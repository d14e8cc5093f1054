import { constants, open, readdir } from 'node:fs/promises'
import { judgeFiles } from '../files.ts'
import type { Probe, Reading } from '../probe.ts'

export const fileReadable: Probe = {
  id: 'file-readable',
  needs: 'The file or folder can be read',
  how: "Each of the profile's `prerequisites.files` with access `read` is opened for reading, a folder listed. As root, its mode has to allow it to somebody as well.",
  why: 'A service that cannot read its configuration or its keys does not start.',
  mend: 'Give the user of the service the permission to read it: `chmod u+r`, `chown`; and `x` on the folders above.',
  look: (surroundings) =>
    judgeFiles(
      surroundings,
      'read',
      async ({ path, stats }) => {
        if (stats.isDirectory()) await readdir(path)
        // A pipe would wait for its other end.
        else await (await open(path, constants.O_RDONLY | constants.O_NONBLOCK)).close()
      },
      // What the service also writes it may create; file-writable says whether it can.
      async ({ access, path }): Promise<Reading | undefined> =>
        access.includes('write') ? { kind: 'unknown', subject: path, seen: 'not there yet' } : undefined,
    ),
}
