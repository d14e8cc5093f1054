/** Thrown when the API cannot be started, or could not be stopped again; the message says what was seen. */
export class StartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartError'
  }
}
