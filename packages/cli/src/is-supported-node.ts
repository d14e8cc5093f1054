/**
 * Whether this Node can run Createonce: what `engines` says in package.json. `scripts/is-supported-node.mjs` has the
 * same rule for what runs before the first build; a test proves that all of them agree.
 */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)
}
