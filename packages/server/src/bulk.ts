export { type BulkSettings, inBulk } from './creation/bulk/in-bulk.ts'
