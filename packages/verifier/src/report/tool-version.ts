/** The version of this package, for reports; a test compares it with package.json. */
export const toolVersion = '0.1.0'
