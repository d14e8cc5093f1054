import { isObject } from './json-node.ts'

/** The value that a body has for one member of the natural key: a member (`email`), or a place deeper in it (`address.zip`, `/address/zip`). */
export function keyValueOf(body: unknown, name: string): unknown {
  const steps = name.startsWith('/') ? name.slice(1).split('/') : name.split('.')
  return steps.reduce<unknown>((node, step) => (isObject(node) ? node[step] : undefined), body)
}
