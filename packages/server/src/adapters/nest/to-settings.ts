import type { CreateContext } from '../../creation/create-context.ts'
import type { CreationSettings } from '../../creation/settings/settings.ts'
import { callOf } from './call.ts'
import type { DeclaredMethod } from './declared.ts'
import type { SharedSettings } from './nest-settings.ts'

/** The settings of `defineCreation` for a decorated method: the module's, overridden by its own, called on its controller. */
export function toSettings(
  { settings, method }: DeclaredMethod,
  shared: SharedSettings<unknown, unknown>,
): CreationSettings<unknown, unknown, unknown, unknown> {
  const { duplicates, insert } = settings
  const onController = (run: unknown) => (input: unknown, context: Pick<CreateContext<unknown>, 'request'>) => {
    const { self, more } = callOf(context.request)
    return Reflect.apply(run as DeclaredMethod['method'], self, [input, context, ...more])
  }
  const find = typeof duplicates === 'object' && typeof duplicates?.find === 'function' ? duplicates.find : undefined
  return {
    ...shared,
    ...settings,
    ...(find !== undefined && { duplicates: { ...(duplicates as object), find: onController(find) } }),
    ...(insert === undefined
      ? { create: onController(method) }
      : { insert: { ...insert, values: onController(insert.values) } }),
    // What is missing in both is found where the creation is defined.
  } as CreationSettings<unknown, unknown, unknown, unknown>
}
