import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../createonce.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** A project of a user, with these files. */
export function makeProject(files: Readonly<Record<string, string | object>>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

/**
 * Puts an npm before the real one that installs from this workspace, whose packages are in no registry: `npm install`
 * and `npm ci` link them, and everything else is left to the real one.
 */
export function npmOfWorkspace(packages: readonly string[] = []): Readonly<Record<string, string>> {
  const folder = temporaryFolder()
  const links = packages.map((name) => `ln -sfn '${ROOT}node_modules/${name}' 'node_modules/${name}'`)
  const script = `#!/bin/bash
set -e
case "$1" in
  install|ci)
    mkdir -p node_modules/.bin
    ln -sfn '${ROOT}packages/cli' node_modules/createonce
    ln -sfn ../createonce/dist/main.js node_modules/.bin/createonce
    ${links.join('\n    ')}
    ;;
  *) PATH="\${PATH#*:}" exec npm "$@" ;;
esac
`
  writeFileSync(join(folder, 'npm'), script)
  chmodSync(join(folder, 'npm'), 0o755)
  return { PATH: `${folder}:${process.env['PATH']}` }
}

/** Links what a user has installed besides. */
export function linkPackages(folder: string, names: readonly string[]): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  for (const name of names) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
}
