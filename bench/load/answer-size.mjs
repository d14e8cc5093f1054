const HEAD_END = Buffer.from('\r\n\r\n')
const [CR, COLON, SPACE, ZERO] = Buffer.from('\r: 0')
const NAME = 'content-length:'

// Where the digits of Content-Length stand, by the length of the head: nearly every answer has a head that was seen
// before, and then nothing needs to be searched.
const digitsOf = new Map()

/**
 * How many bytes the answer at the start of `bytes` has, of which `length` are there; 0 as long as its head is not
 * complete. An answer without Content-Length is an error: this client cannot frame it.
 */
export function answerSize(bytes, length) {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd === -1 || headEnd + 4 > length) return 0
  let at = digitsOf.get(headEnd)
  if (at === undefined || !isStart(bytes, at)) {
    at = findDigits(bytes, headEnd)
    digitsOf.set(headEnd, at)
  }
  let size = 0
  for (; bytes[at] !== CR; at++) size = size * 10 + bytes[at] - ZERO
  return headEnd + 4 + size
}

/** Whether the header that stood here stands here again: of another one with the same end, the search finds out. */
function isStart(bytes, at) {
  return bytes[at - 1] === SPACE && bytes[at - 2] === COLON && isName(bytes, at - 2 - (NAME.length - 1))
}

/** The last letters of `length`, behind a line's start at the right distance: no other header of HTTP looks like it. */
function isName(bytes, start) {
  return bytes[start - 2] === CR && (bytes[start] | 0x20) === 0x63 && (bytes[start + 8] | 0x20) === 0x6c
}

function findDigits(bytes, headEnd) {
  const head = bytes.latin1Slice(0, headEnd).toLowerCase()
  const found = head.indexOf(`\r\n${NAME} `)
  if (found === -1) throw new Error(`an answer without Content-Length: ${head.split('\r\n', 1)[0]}`)
  return found + 2 + NAME.length + 1
}
