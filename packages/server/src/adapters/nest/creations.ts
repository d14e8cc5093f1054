import type { DiscoveryService } from '@nestjs/core'
import type { Creation } from '../../creation/creation.ts'
import { defineCreation } from '../../creation/define-creation.ts'
import { declared } from './declared.ts'
import type { CreateonceModuleOptions } from './nest-settings.ts'
import { nest } from './peers.ts'
import { toSettings } from './to-settings.ts'

/** The creations of one application, by the function that Nest calls. */
export class Creations {
  readonly #known = new Map<object, Creation>()
  readonly #options: CreateonceModuleOptions

  /** Defines every decorated method of the application's controllers: a wrong setting stops the start. */
  constructor(options: CreateonceModuleOptions, discovery: Pick<DiscoveryService, 'getControllers'>) {
    this.#options = options
    for (const { metatype } of discovery.getControllers()) {
      for (const method of methodsOf(metatype?.prototype)) this.#define(method)
    }
  }

  of(method: object): Creation | undefined {
    return this.#known.get(method)
  }

  #define(method: object): void {
    const found = declared.get(method)
    if (found === undefined) return
    const { toFilters, ...shared } = this.#options
    const creation = 'creation' in found ? found.creation : defineCreation(toSettings(found, shared))
    this.#known.set(method, creation)
  }

  /** The status of an error that the application's filters answer; `undefined` for a fault. */
  readonly passes = (error: unknown): number | undefined => {
    const { toFilters } = this.#options
    const isHttp = error instanceof nest.HttpException
    if (toFilters === undefined ? !isHttp : !toFilters(error)) return undefined
    // What a filter makes of another error is not known before it answers.
    return isHttp ? error.getStatus() : 500
  }
}

/** Every method of a class, inherited ones included. */
function* methodsOf(prototype: object | null | undefined): Generator<object> {
  const seen = new Set<string | symbol>()
  for (let at = prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Reflect.ownKeys(at)) {
      const method = Object.getOwnPropertyDescriptor(at, name)?.value as unknown
      if (typeof method === 'function' && !seen.has(name)) yield method
      seen.add(name)
    }
  }
}
