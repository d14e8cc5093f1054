/** The fault of a service whose middleware reads bodies and keeps nothing of them. */
export function bodyLostError(): Error {
  return new Error(
    'The body of this request was read before the creation could read it, and neither its bytes (rawBody) nor what was made of them (body) were kept. Mount the creation before what reads it, or let that keep them.',
  )
}
