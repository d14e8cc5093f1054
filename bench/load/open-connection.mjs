import { connect } from 'node:net'
import { answerSize } from './answer-size.mjs'

/**
 * Opens a keep-alive connection with one request at a time on it. `onAnswer` gets the status of each answer once its last
 * byte is there; `onFault` an error, after which the connection is of no use.
 */
export function openConnection({ port, onAnswer, onFault }) {
  let pending
  let isClosing = false
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    // All reads go into one buffer: the stream's own way allocates one for each and queues it.
    onread: { buffer: Buffer.allocUnsafe(65_536), callback: read },
  })
  socket.on('error', onFault)
  socket.on('close', () => {
    if (!isClosing) onFault(new Error('the server closed a connection'))
  })

  function read(length, buffer) {
    if (pending !== undefined) {
      pending = Buffer.concat([pending, buffer.subarray(0, length)])
      take(pending, pending.length)
    } else {
      take(buffer, length)
    }
    return true
  }

  function take(bytes, length) {
    try {
      const size = answerSize(bytes, length)
      if (size === 0 || size > length) {
        if (bytes !== pending) pending = Buffer.from(bytes.subarray(0, length))
        return
      }
      if (size < length) throw new Error(`${length - size} bytes more than the answer announced`)
    } catch (error) {
      return onFault(error)
    }
    pending = undefined
    onAnswer((bytes[9] - 48) * 100 + (bytes[10] - 48) * 10 + bytes[11] - 48)
  }

  return {
    connected: new Promise((resolve) => socket.once('connect', resolve)),
    send: (bytes) => socket.write(bytes),
    close() {
      isClosing = true
      socket.destroy()
    },
  }
}
