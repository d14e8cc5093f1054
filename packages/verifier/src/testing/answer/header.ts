import type { SeenAnswer } from './seen-answer.ts'

/** Every line of one header, in order. */
export function headerOf({ headers }: Pick<SeenAnswer, 'headers'>, name: string): string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([one]) => one.toLowerCase() === wanted).map(([, value]) => value)
}

/** The media type without parameters, in lower case; empty where none is told. */
export function mediaTypeOf(answer: Pick<SeenAnswer, 'headers'>): string {
  return (headerOf(answer, 'content-type')[0] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}
