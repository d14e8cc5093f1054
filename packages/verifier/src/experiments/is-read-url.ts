import { baseUrlOf } from '../target/base-url-of.ts'
import type { Lab } from './lab.ts'

/** Tells whether a URL is one of those at which the document reads what is created. */
export function isReadUrl(url: URL, { operation }: Lab): boolean {
  const { read } = operation.creation
  if (read === undefined) return false
  const base = new URL(baseUrlOf(operation.target, read)).pathname.replace(/\/$/, '')
  const pattern = read.path
    .split(/\{[^}]+\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+')
  return new RegExp(`^${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${pattern}/?$`).test(url.pathname)
}
