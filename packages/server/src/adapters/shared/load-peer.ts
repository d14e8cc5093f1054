import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * Loads a package that the user's project has, as Node would from here: `require` and `import` of it give one instance.
 * Throws an error that says what to install where it is not there.
 */
export function loadPeer<Peer>(name: string, neededBy: string, range: string): Peer {
  try {
    return require(name) as Peer
  } catch (error) {
    // Anything else went wrong inside the package, and is told as it is.
    if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND' || !String(error).includes(`'${name}'`)) throw error
    throw new Error(`${neededBy} needs the package ${name}, which is not installed: npm install ${name}@${range}`, {
      cause: error,
    })
  }
}
