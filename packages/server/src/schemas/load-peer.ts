import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** An optional peer that is used is not installed. */
export class MissingPeerError extends Error {
  override readonly name = 'MissingPeerError'
}

/**
 * Loads an optional peer when it is needed, so that our own module can be imported without it. Throws an Error with the
 * command that installs it where it is not there.
 */
export function loadPeer(specifier: string, whatFor: string, install: string): unknown {
  try {
    return load(specifier)
  } catch (cause) {
    throw new MissingPeerError(
      `${whatFor} needs the package ${packageOf(specifier)}, which cannot be loaded: npm install ${install}`,
      {
        cause,
      },
    )
  }
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
