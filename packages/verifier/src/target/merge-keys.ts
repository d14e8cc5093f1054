import { DOCUMENT_LIMITS } from './document-limits.ts'

/**
 * The merge keys (`<<`) of what YAML gave, in place: a mapping gets the members that it has not itself, of several the
 * earliest (yaml.org/type/merge). Throws where they copy more than `DOCUMENT_LIMITS.mergedMembers`.
 */
export function mergeKeys(root: unknown): void {
  let copied = 0
  const done = new Set<object>()
  // Those that are merged come first, so that what they merge themselves is handed on.
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || done.has(value)) return
    done.add(value)
    for (const member of Object.values(value)) visit(member)
    if (Array.isArray(value) || !Object.hasOwn(value, '<<')) return
    const target = value as Record<string, unknown>
    const sources = [target['<<']].flat()
    // A schema may have a member of this name that merges nothing.
    if (!sources.every((source) => typeof source === 'object' && source !== null)) return
    delete target['<<']
    for (const source of sources) {
      for (const [name, member] of Object.entries(source as object)) {
        copied++
        if (copied > DOCUMENT_LIMITS.mergedMembers) {
          throw new Error(`its merge keys (<<) copy more than ${DOCUMENT_LIMITS.mergedMembers} members`)
        }
        if (Object.hasOwn(target, name)) continue
        Object.defineProperty(target, name, { value: member, writable: true, enumerable: true, configurable: true })
      }
    }
  }
  visit(root)
}
