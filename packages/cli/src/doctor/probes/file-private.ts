import { realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { errorText } from '../error-text.ts'
import { octal } from '../files.ts'
import type { Probe, Reading } from '../probe.ts'

export const filePrivate: Probe = {
  id: 'file-private',
  needs: 'The file is closed to other users of the machine',
  how: "The mode of each of the profile's `prerequisites.files` with `private: true`, and that of the folders above it: what nobody else can reach is private.",
  why: 'A key that others can read is no secret; one that others can write is theirs.',
  mend: '`chmod 600` on a file, `chmod 700` on a folder.',
  look: ({ profile, file }) =>
    Promise.all(
      (profile.prerequisites?.files ?? [])
        .filter((needed) => needed.private === true)
        .map(({ path }) => judge(resolve(dirname(file), path), path)),
    ),
}

async function judge(path: string, subject: string): Promise<Reading> {
  if (process.platform === 'win32') return { kind: 'unknown', subject, seen: 'modes say nothing on Windows' }
  try {
    // A secret of Kubernetes is a symbolic link, whose own mode is open and means nothing.
    const real = await realpath(path)
    const { mode, uid, gid } = await stat(real)
    const above = await Promise.all(foldersAbove(real).map((folder) => stat(folder)))
    const seen = `its mode is ${octal(mode)}`
    const isReached = above.every((folder) => (folder.mode & 0o001) !== 0)
    if ((mode & 0o006) !== 0 && isReached) return { kind: 'bad', subject, seen: `${seen}: open to everybody` }
    const isReachedByGroup = above.every((folder) => (folder.mode & (folder.gid === gid ? 0o010 : 0o001)) !== 0)
    // Owned by root and shown to the service through its group is how secrets are handed over, and who else is in the
    // group cannot be seen from here.
    if ((mode & 0o060) !== 0 && isReachedByGroup && ((mode & 0o020) !== 0 || uid !== 0)) {
      return { kind: 'warning', subject, seen: `${seen}: open to its group` }
    }
    return { kind: 'good', subject, seen }
  } catch (error) {
    return { kind: 'unknown', subject, seen: errorText(error) }
  }
}

function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === path ? [] : [above, ...foldersAbove(above)]
}
