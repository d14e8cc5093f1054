// https://redis.io/docs/latest/develop/reference/protocol-spec/
const LINE_END = '\r\n'

/** How Redis is spoken: the messages that decide are those that reserve a key and record its answer. */
export const redisWire = {
  marks: ['the reservation', 'the record'],

  /** Splits what a client sends: a list of texts for each command, and each is answered. */
  requests() {
    const split = splitter()
    return (chunk) => split(chunk).map((bytes) => ({ bytes, asks: 1, mark: markOf(bytes.toString('latin1')) }))
  },

  answers() {
    const split = splitter()
    return (chunk) => split(chunk).map((bytes) => ({ bytes, ends: true }))
  },
}

/** By what only this command carries: the choice for a crash, or the answer as JSON. */
function markOf(text) {
  if (!/EVAL(SHA)?\r\n/i.test(text)) return undefined
  if (/\r\n(block|rerun)\r\n/.test(text)) return 'the reservation'
  return text.includes('"status":201') ? 'the record' : undefined
}

/** Whole values: a line, a text behind its length, or a list of values behind their number. */
function splitter() {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const values = []
    for (let end = endOf(rest, 0); end >= 0; end = endOf(rest, 0)) {
      values.push(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
    return values
  }
}

/** Where the value that begins at `start` ends, or -1 where it is not whole. */
function endOf(bytes, start) {
  const lineEnd = bytes.indexOf(LINE_END, start)
  if (lineEnd < 0) return -1
  const type = String.fromCharCode(bytes[start])
  const number = Number(bytes.toString('latin1', start + 1, lineEnd))
  let end = lineEnd + LINE_END.length
  if ('$=!'.includes(type) && number >= 0) end += number + LINE_END.length
  if ('*~>%'.includes(type)) {
    for (let left = type === '%' ? number * 2 : number; left > 0 && end >= 0; left--) end = endOf(bytes, end)
  }
  return end > bytes.length ? -1 : end
}
