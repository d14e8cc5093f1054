import { z } from 'zod'

// The shape of ./config.ts for what the compiler has not seen: a file in JavaScript or JSON. Every object is strict: a
// misspelt member must not be taken for silence.

const texts = z.array(z.string().min(1)).readonly()
const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'is not the name of a header'), z.string())
const port = z.number().int().min(1).max(65_535)
const count = z.number().int().positive()
const url = z.string().regex(/^(https?:\/\/|\$\{)/, 'is not an http:// or https:// URL')
const perOperation = <Value extends z.ZodType>(value: Value) => z.union([value, z.record(z.string(), value)])

const variable = z.strictObject({
  name: z.string().min(1),
  format: z.enum(['url', 'postgres-url', 'redis-url', 'integer', 'port', 'boolean', 'base64', 'json']).optional(),
  pattern: z.string().refine(isRegularExpression, 'is not a regular expression').optional(),
  minLength: count.optional(),
})

const prerequisites = z.strictObject({
  node: z.string().optional(),
  environment: z.array(z.union([z.string().min(1), variable])).optional(),
  files: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        access: z.array(z.enum(['read', 'write', 'execute'])).min(1),
        private: z.boolean().optional(),
      }),
    )
    .optional(),
  freePorts: z.array(port).optional(),
  hosts: z
    .array(
      z.strictObject({
        host: z.string().min(1),
        port,
        tls: z.boolean().optional(),
        certificateDays: count.optional(),
      }),
    )
    .optional(),
  postgres: z
    .strictObject({
      url: z.string().min(1),
      schema: z.string().min(1).optional(),
      tables: texts.optional(),
      connections: count.optional(),
    })
    .optional(),
  sqlite: z.strictObject({ file: z.string().min(1), freeMegabytes: count.optional() }).optional(),
  redis: z.strictObject({ url: z.string().min(1), onCrash: z.enum(['block', 'rerun']).optional() }).optional(),
})

const profile = z.strictObject({
  baseUrl: url,
  document: z.string().min(1).optional(),
  headers: headers.optional(),
  otherHeaders: headers.optional(),
  create: z.enum(['yes', 'ask', 'never']).optional(),
  operations: texts.optional(),
  checks: texts.optional(),
  skipChecks: texts.optional(),
  require: texts.optional(),
  guidelines: z.enum(['rfc', 'zalando', 'json-api']).optional(),
  duplicates: perOperation(z.enum(['reject', 'return-existing', 'allow'])).optional(),
  idempotency: perOperation(z.enum(['off', 'optional', 'required'])).optional(),
  unique: texts.optional(),
  required: texts.optional(),
  hostile: z.boolean().optional(),
  limits: z
    .strictObject({
      timeoutMs: count.optional(),
      races: count.optional(),
      maxRequests: count.optional(),
      requestsPerSecond: z.number().positive().optional(),
    })
    .optional(),
  ready: z.string().startsWith('/', 'does not begin with /').optional(),
  publicBaseUrl: url.optional(),
  prerequisites: prerequisites.optional(),
})

const addition = z.strictObject({
  title: z.string().optional(),
  meaning: z.string().optional(),
  firstResponse: z.string().optional(),
  rollBack: z.string().optional(),
  escalation: z.string().optional(),
  links: texts.optional(),
})

/** What a configuration has to be. */
export const configSchema = z.strictObject({
  profile: z.string().optional(),
  profiles: z
    .record(z.string().regex(/^[\w.-]+$/, 'is not a name: use letters, digits, - _ .'), profile)
    .refine((profiles) => Object.keys(profiles).length > 0, 'has no profile'),
  runbook: z.record(z.string(), addition).optional(),
})

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
