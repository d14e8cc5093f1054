/** Tells on stderr how far a benchmark is, so that stdout has only tables. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}
