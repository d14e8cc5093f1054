/** Thrown for every request that a recording does not hold: what was not sent says nothing about the target. */
export class NotRecorded extends Error {
  constructor(what: string) {
    super(`the recording does not show ${what}`)
    this.name = 'NotRecorded'
  }
}
