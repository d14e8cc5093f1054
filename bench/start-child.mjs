import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a process that speaks by messages, one answer for each question; an end of it is an error for whoever waits. */
export function startChild(script, args = [], execArgv = []) {
  const child = fork(fileURLToPath(script), args, { stdio: 'inherit', execArgv })
  const next = async () => {
    const stop = new AbortController()
    const ended = once(child, 'exit', stop).then(([code, signal]) => {
      throw new Error(`${fileURLToPath(script)} ${args.join(' ')} ended with ${code ?? signal} instead of an answer.`)
    })
    try {
      const [message] = await Promise.race([once(child, 'message', stop), ended])
      return message
    } finally {
      ended.catch(() => {})
      stop.abort()
    }
  }
  return {
    child,
    first: next(),
    ask(message) {
      const answer = next()
      child.send(message)
      return answer
    },
  }
}
