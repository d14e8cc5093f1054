import type { z } from 'zod'
import { nearest } from '../nearest.ts'

/** Says what is wrong with a configuration: one line for each fault, with its place, what was seen, what to do. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], given: unknown, known: readonly string[]): string[] {
  return issues.flatMap((issue) => {
    const place = toPlace(issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${place === '' ? '' : `${place}: `}unknown ${key}${suggestion(key, known)}`)
    }
    const seen = at(given, issue.path)
    const shown = seen === undefined ? 'it is missing' : `seen: ${brief(seen)}`
    return [`${place === '' ? 'the configuration' : place}: ${issue.message} (${shown})`]
  })
}

function suggestion(key: string, known: readonly string[]): string {
  const [closest] = nearest(key, known)
  return closest === undefined ? '' : `; is ${closest} meant?`
}

function toPlace(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`))
    .join('')
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step], value)
}

// The name of a type tells enough, and a text may be a credential.
function brief(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'a text' : String(value)
}
