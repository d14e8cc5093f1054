import type { Creation as DefinedCreation } from '../../creation/creation.ts'
import { Creations } from './creations.ts'
import { type Declared, declared } from './declared.ts'
import type { CreateMethod, NestCreationSettings, NestInsertSettings } from './nest-settings.ts'
import { nest } from './peers.ts'
import { serve } from './serve.ts'

// Where the method that Nest calls finds request and response: behind any parameter that a method will ever have, so
// that one called by anybody else, a unit test, is the method as it was written.
const REQUEST = 30
const RESPONSE = 31

// Where Nest puts the application's creations into each controller.
const CREATIONS = Symbol('createonce.creations')

type Decorated = (this: { [CREATIONS]: Creations }, ...args: unknown[]) => unknown

/**
 * Makes a controller's method the `create` of a creation. Its first two parameters are the validated input and the
 * context, and take no decorator; it returns `created(row)` and the other results. Guards run before, interceptors
 * around it; pipes touch neither body nor input.
 *
 * @example
 * @Post()
 * @Creation({ operation: 'createOrder', input, duplicates: 'allow', idempotency: 'required', location: '/orders/{id}' })
 * create(input: NewOrder, { tx }: CreateContext<SqliteTransaction>) {
 *   return created(this.orders.add(input, tx))
 * }
 */
export function Creation<Input, Row, Tx, Native>(
  settings: NestCreationSettings<Input, Row, Tx, Native> & { readonly insert?: never },
): <Method extends CreateMethod<Input, Row, Tx, Native>>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void
/** Makes a controller's method the route of a creation that is one declared row: it has no body, and is not called. */
export function Creation<Input, Row, Tx, Native>(
  settings: NestInsertSettings<Input, Row, Tx, Native>,
): (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<() => void>) => void
/**
 * Mounts a creation that was defined before on a method, which is then only the route, and is not called.
 *
 * @example
 * @Post()
 * @Creation(createOrder)
 * create(): void {}
 */
export function Creation<Native>(
  creation: DefinedCreation<Native>,
): (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<() => void>) => void
export function Creation(
  given: object,
): (target: object, name: string | symbol, descriptor: PropertyDescriptor) => void {
  return (target, name, descriptor) => {
    const method = descriptor.value as Decorated
    const decorated: Decorated = function (...args) {
      if (args[RESPONSE] === undefined) return Reflect.apply(method, this, args)
      const call = { self: this, more: args.slice(2, REQUEST) }
      return serve(this[CREATIONS], decorated, call, args[REQUEST], args[RESPONSE])
    }
    // Guards, interceptors and the path may have been noted on the method already, if their decorators stand below.
    for (const key of Reflect.getMetadataKeys(method)) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, method), decorated)
    }
    Object.defineProperty(decorated, 'name', { value: method.name, configurable: true })
    descriptor.value = decorated
    declared.set(decorated, ('handle' in given ? { creation: given } : { settings: given, method }) as Declared)
    nest.Req()(target, name, REQUEST)
    nest.Res()(target, name, RESPONSE)
    nest.Inject(Creations)(target, CREATIONS)
  }
}
