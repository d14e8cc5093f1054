import type { NodeRequest } from './node-message.ts'

/**
 * Whether a request ended before its end: what there is of its body is not what the client wanted to say, even where it
 * happens to be JSON. Asked after the body was read, and before anything is made of it.
 *
 * Node's requests over HTTP/2 emit `end` when their stream is reset, and say that they are complete; whoever reads one
 * to its `end` cannot tell. There only `aborted` is left to ask, and a request whose whole body came before the reset
 * counts as broken off too, which costs nothing: nobody is left to be answered.
 */
export function isBrokenOff(request: NodeRequest): boolean {
  return request.aborted && (request.httpVersionMajor >= 2 || !request.complete)
}
