/** What kept something from working, in a few words: the code of the system where there is one. */
export function errorText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined || message.includes(code)) return message
  // A connection that was tried at several addresses has the code of one, and no message.
  return message === '' ? code : `${code}: ${message}`
}
