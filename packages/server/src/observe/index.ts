export { type JsonLoggerOptions, jsonLogger } from './json-logger.ts'
export { observeAll } from './observe-all.ts'
export { requestIdOf } from './request-id.ts'
export { traceIdOf } from './trace-parent.ts'
