import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where a finished build leaves the fingerprint of the sources that it was made of. */
export const STAMP = 'node_modules/.createonce-build'

const BUILT = ['server', 'verifier', 'cli']

/** Digest of everything that a build reads; a missing `dist` folder counts too. */
export function buildFingerprint() {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of ['tsconfig.base.json', 'package-lock.json']) hash.update(readFileSync(file))
  for (const name of BUILT) {
    const folder = join('packages', name)
    hash.update(readFileSync(join(folder, 'package.json')))
    hash.update(existsSync(join(folder, 'dist')) ? 'built' : 'missing')
    for (const file of filesBelow(join(folder, 'src'))) hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? filesBelow(path) : [path]
    })
}
