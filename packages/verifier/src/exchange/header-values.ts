import type { Answer } from './exchange.ts'

/** Every line of one response header, in order; empty when it is absent. */
export function headerValues(answer: Answer, name: string): string[] {
  const wanted = name.toLowerCase()
  return answer.response.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
}

/** The first line of one response header. */
export function headerValue(answer: Answer, name: string): string | undefined {
  return headerValues(answer, name)[0]
}

/** The media type of a response without parameters, in lower case; empty when none is sent. */
export function mediaTypeOf(answer: Answer): string {
  return (headerValue(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}
