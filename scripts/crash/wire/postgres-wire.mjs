// https://www.postgresql.org/docs/current/protocol-message-formats.html
const QUERY = 0x51
const PARSE = 0x50
const BIND = 0x42
const SYNC = 0x53
const READY_FOR_QUERY = 0x5a

// At the end of a text: what comes before it in the same message is committed by it.
const COMMIT = /(?:^|;)\s*commit\s*;?\s*$/i

/** How PostgreSQL is spoken: the message that decides is the one with COMMIT. */
export const postgresWire = {
  /** The moments that can be cut. */
  marks: ['COMMIT'],

  /** Splits what a client sends: whole messages, their marks, and how many answers each asks for. */
  requests() {
    const split = splitter({ beginsBare: true })
    // Statements that only commit, prepared under a name.
    const named = new Set()
    return (chunk) =>
      split(chunk).map(({ bytes, type, body }) => {
        const text = type === QUERY ? textAt(body, 0) : type === PARSE ? textAt(body, body.indexOf(0) + 1) : ''
        let isCommit = COMMIT.test(text)
        if (type === PARSE && textAt(body, 0) !== '') {
          if (isCommit) named.add(textAt(body, 0))
          isCommit = false
        }
        if (type === BIND) isCommit = named.has(textAt(body, body.indexOf(0) + 1))
        // Every start of a session, simple query and sync is answered by one ReadyForQuery.
        const asks = type === undefined || type === QUERY || type === SYNC ? 1 : 0
        return { bytes, asks, mark: isCommit ? 'COMMIT' : undefined }
      })
  },

  /** Splits what the server answers: `ends` for the message that completes an answer. */
  answers() {
    const split = splitter({ beginsBare: false })
    return (chunk) => split(chunk).map(({ bytes, type }) => ({ bytes, ends: type === READY_FOR_QUERY }))
  },
}

function textAt(body, start) {
  const end = body.indexOf(0, start)
  return body.toString('utf8', start, end < 0 ? body.length : end)
}

/** Whole messages: a type of one byte, which only the first of a client lacks, and a length that counts itself. */
function splitter({ beginsBare }) {
  let rest = Buffer.alloc(0)
  let isBare = beginsBare
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages = []
    for (;;) {
      const head = isBare ? 0 : 1
      if (rest.length < head + 4) return messages
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return messages
      const type = isBare ? undefined : rest[0]
      messages.push({ bytes: rest.subarray(0, end), type, body: rest.subarray(head + 4, end) })
      rest = rest.subarray(end)
      isBare = false
    }
  }
}
