import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'

/** The media type of JSON:API 1.1. */
export const jsonApiType = 'application/vnd.api+json'

/** What is wrong with the Content-Type of a JSON:API document, or nothing (JSON:API 1.1, "Server Responsibilities"). */
export function jsonApiTypeFault(answer: Answer): string | undefined {
  const line = headerValue(answer, 'content-type')
  if (line === undefined) return 'has no Content-Type'
  const [type = '', ...parameters] = line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim())
  if (type.toLowerCase() !== jsonApiType) return `is ${type}`
  const names = parameters.map((one) => one.split('=')[0]?.trim().toLowerCase() ?? '').filter((name) => name !== '')
  const unknown = names.find((name) => name !== 'ext' && name !== 'profile')
  return unknown === undefined ? undefined : `has the parameter ${unknown}`
}
