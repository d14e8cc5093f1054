import type { Creation } from '../../creation/creation.ts'
import { Creations } from './creations.ts'

/** The part of a Nest application that is used. */
interface Application {
  get<Type>(token: abstract new (...args: never[]) => Type, options: { readonly strict: false }): Type
}

/**
 * The creation that a controller's method below `@Creation()` has become in an application that is made, with the module's
 * settings: what `withCreations` takes.
 *
 * @throws TypeError where the method is no creation, or the controller is not part of the application.
 *
 * @example
 * withCreations(SwaggerModule.createDocument(app, config), { 'POST /orders': creationOf(app, OrdersController, 'create') })
 */
export function creationOf<Controller>(
  app: Application,
  controller: abstract new (...args: never[]) => Controller,
  method: keyof Controller & string,
): Creation {
  const { [method]: decorated } = controller.prototype as Record<string, object>
  const creation = decorated && app.get(Creations, { strict: false }).of(decorated)
  if (creation === undefined) {
    throw new TypeError(
      `${controller.name}.${method} is no creation of this application: it needs @Creation(), and its controller a module.`,
    )
  }
  return creation
}
