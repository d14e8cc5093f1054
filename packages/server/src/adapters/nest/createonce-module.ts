import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common'
import type { DiscoveryService } from '@nestjs/core'
import { Creations } from './creations.ts'
import type { CreateonceModuleOptions } from './nest-settings.ts'
import { nest } from './peers.ts'

/** What `CreateonceModule.forRootAsync()` takes, as every module's `forRootAsync` of Nest. */
export interface CreateonceModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject']
  readonly useFactory: (
    // biome-ignore lint/suspicious/noExplicitAny: what is injected is between `inject` and the factory, as in Nest.
    ...injected: any[]
    // biome-ignore lint/suspicious/noExplicitAny: the transaction and request that each creation asks for again.
  ) => CreateonceModuleOptions<any, any> | Promise<CreateonceModuleOptions<any, any>>
}

const OPTIONS = Symbol('createonce.options')

/**
 * The module that methods decorated with `@Creation()` need, once, in the root module: it is global, and gives the store
 * and whatever else they have in common.
 *
 * @example
 * @Module({
 *   imports: [CreateonceModule.forRoot({ store, principal: ({ native }) => native.user.id })],
 *   controllers: [OrdersController],
 * })
 * class AppModule {}
 */
// biome-ignore lint/complexity/noStaticOnlyClass: what Nest takes for a module is a class.
export class CreateonceModule {
  static forRoot<Tx, Native>(options: CreateonceModuleOptions<Tx, Native>): DynamicModule {
    return toModule({ provide: OPTIONS, useValue: options })
  }

  static forRootAsync({ imports = [], inject = [], useFactory }: CreateonceModuleAsyncOptions): DynamicModule {
    return toModule({ provide: OPTIONS, inject, useFactory }, imports)
  }
}

nest.Module({})(CreateonceModule)

function toModule(
  options: NonNullable<ModuleMetadata['providers']>[number],
  imports: NonNullable<ModuleMetadata['imports']> = [],
): DynamicModule {
  return {
    module: CreateonceModule,
    global: true,
    imports: [nest.DiscoveryModule, ...imports],
    providers: [
      options,
      {
        provide: Creations,
        inject: [OPTIONS, nest.DiscoveryService],
        useFactory: (given: CreateonceModuleOptions, discovery: DiscoveryService) => new Creations(given, discovery),
      },
    ],
    exports: [Creations],
  }
}
