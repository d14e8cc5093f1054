export { definePut } from './creation/put/define-put.ts'
export type { PutSettings } from './creation/put/put-settings.ts'
export { replaced } from './creation/put/replaced.ts'
