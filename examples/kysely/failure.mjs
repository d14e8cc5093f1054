/** An error that is answered with this status. */
export function failure(statusCode, message) {
  return Object.assign(new Error(message), { statusCode })
}
