/** Whether this Node can run Createonce: the rule of `engines`, for what runs before anything is installed or built. */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)
}
