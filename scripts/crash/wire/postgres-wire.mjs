// https://www.postgresql.org/docs/current/protocol-message-formats.html
const QUERY = 0x51
const PARSE = 0x50
const BIND = 0x42
const SYNC = 0x53
const READY_FOR_QUERY = 0x5a

// At the end of a text: what comes before it in the same message is committed by it.
const COMMIT = /(?:^|;)\s*commit\s*;?\s*$/i

const BEGIN = /^\s*(?:begin|start transaction)\b/i
const ROLL_BACK = /^\s*rollback\s*;?\s*$/i
const WRITES = /\binsert\s+into\b/i

/** How PostgreSQL is spoken: the message that decides is the one that commits. */
export const postgresWire = {
  /** The moments that can be cut. */
  marks: ['COMMIT'],

  /** Splits what a client sends: whole messages, their marks, and how many answers each asks for. */
  requests() {
    const split = splitter({ beginsBare: true })
    // Statements that were prepared under a name, by their texts.
    const named = new Map()
    let isInBlock = false
    let hasWritten = false

    /** Whether this text commits: it says so, or what is written behind it outside of a transaction is one by itself. */
    function executes(text) {
      if (COMMIT.test(text)) {
        isInBlock = false
        return true
      }
      if (BEGIN.test(text)) isInBlock = true
      if (ROLL_BACK.test(text)) isInBlock = false
      if (!isInBlock && WRITES.test(text)) hasWritten = true
      return false
    }

    function commits(type, body) {
      switch (type) {
        case QUERY:
          return executes(textAt(body, 0))
        case PARSE:
          named.set(textAt(body, 0), textAt(body, body.indexOf(0) + 1))
          return false
        case BIND:
          return executes(named.get(textAt(body, body.indexOf(0) + 1)) ?? '')
        case SYNC: {
          // A packet outside of a transaction block is a transaction, and Sync is its COMMIT.
          const isCommit = hasWritten && !isInBlock
          hasWritten = false
          return isCommit
        }
        default:
          return false
      }
    }

    return (chunk) =>
      split(chunk).map(({ bytes, type, body }) => ({
        bytes,
        // Every start of a session, simple query and sync is answered by one ReadyForQuery.
        asks: type === undefined || type === QUERY || type === SYNC ? 1 : 0,
        mark: commits(type, body) ? 'COMMIT' : undefined,
      }))
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
