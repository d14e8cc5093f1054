const EVERY_MS = 3_000

/** Says how far it is: every few seconds on a screen, every tenth in a log. */
export function progressOf(what, total) {
  let saidAt = Date.now()
  let saidTenth = 0
  return (done) => {
    const tenth = Math.floor((done / total) * 10)
    const isDue = process.stdout.isTTY ? Date.now() - saidAt >= EVERY_MS : tenth > saidTenth
    if (!isDue) return
    saidAt = Date.now()
    saidTenth = tenth
    console.log(`crash: ${what}: ${done} of ${total} kills`)
  }
}
