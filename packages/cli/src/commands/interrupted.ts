/** The user stopped the run before it was at its end: the target could not be judged. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor() {
    super('Stopped before the end: the report is partial. What was created is deleted as far as that was possible.')
  }
}
