import { access, constants, stat } from 'node:fs/promises'
import { judgeFiles } from '../files.ts'
import type { Probe } from '../probe.ts'

export const fileExecutable: Probe = {
  id: 'file-executable',
  needs: 'The file can be executed, or the folder entered',
  how: "Each of the profile's `prerequisites.files` with access `execute` is asked of the system, without running it; a folder is entered.",
  why: 'A program that the service starts fails when it is needed, not when the service starts.',
  mend: 'Give the user of the service the permission to execute it: `chmod u+x`; a copy or an archive may have lost it.',
  look: (surroundings) =>
    judgeFiles(surroundings, 'execute', async ({ path, stats }) => {
      // Not `join`, which leaves the dot out, and with it the question.
      if (stats.isDirectory()) await stat(`${path}/.`)
      else await access(path, constants.X_OK)
    }),
}
