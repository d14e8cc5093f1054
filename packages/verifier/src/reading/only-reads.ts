/** Thrown for what a run that only reads does not send: it says nothing about the target. */
export class OnlyReads extends Error {
  constructor(reason = 'the run only reads, and to know this something has to be created') {
    super(reason)
    this.name = 'OnlyReads'
  }
}
