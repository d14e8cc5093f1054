export { CreateonceModule, type CreateonceModuleAsyncOptions } from './nest/createonce-module.ts'
export { Creation } from './nest/creation-decorator.ts'
export { creationOf } from './nest/creation-of.ts'
export { nestLog } from './nest/nest-log.ts'
export type {
  CreateMethod,
  CreateonceModuleOptions,
  NestCreationSettings,
  NestInsertSettings,
  SharedSettings,
} from './nest/nest-settings.ts'
