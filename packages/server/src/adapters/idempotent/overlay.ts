/**
 * Lays properties over those of an object; the returned function takes them away again. What somebody else has laid over
 * them meanwhile stays, and ends in ours.
 */
export function overlay(target: object, properties: Readonly<Record<string, PropertyDescriptor>>): () => void {
  const before = new Map(Object.keys(properties).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)]))
  for (const [name, descriptor] of Object.entries(properties)) {
    Object.defineProperty(target, name, {
      ...descriptor,
      ...('value' in descriptor && { writable: true }),
      configurable: true,
    })
  }
  return () => {
    for (const [name, descriptor] of before) {
      const now = Object.getOwnPropertyDescriptor(target, name)
      if (now?.value !== properties[name]!.value || now?.get !== properties[name]!.get) continue
      if (descriptor === undefined) delete (target as Record<string, unknown>)[name]
      else Object.defineProperty(target, name, descriptor)
    }
  }
}
