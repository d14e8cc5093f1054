import type { Creation } from '../../creation/creation.ts'
import type { NestCreationSettings, NestInsertSettings } from './nest-settings.ts'

/** A decorated method, as its class declared it: the store and the defaults come with the application. */
export interface DeclaredMethod {
  readonly settings: NestCreationSettings<unknown, unknown, unknown, unknown> &
    Partial<Pick<NestInsertSettings<unknown, unknown, unknown, unknown>, 'insert'>>
  /** The method as it was written. */
  readonly method: (...args: readonly unknown[]) => unknown
}

/** What a class may declare: its method as a creation, or one that was defined before as its method. */
export type Declared = DeclaredMethod | { readonly creation: Creation }

/** What is declared, by the function that Nest calls. */
export const declared: WeakMap<object, Declared> = new WeakMap()
