import { guidelineNames } from '../guidelines/guidelines.ts'

const text = { type: 'string' } as const
const ids = { type: 'array', items: { type: 'integer', minimum: 1 } } as const
const level = { enum: ['error', 'warning', 'note'] } as const
const headers = { type: 'array', items: { type: 'array', items: text, minItems: 2, maxItems: 2 } } as const

/**
 * The JSON Schema (draft 2020-12) of the JSON report, schema version 1. Members may be added within the version;
 * what is required stays.
 */
export const reportSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'createonce report, schema version 1',
  type: 'object',
  required: [
    ...['schemaVersion', 'tool', 'target', 'startedAt', 'durationMs', 'seed', 'requests'],
    ...['operations', 'results', 'exchanges', 'leftovers'],
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: {
      type: 'object',
      required: ['name', 'version'],
      properties: { name: { const: 'createonce' }, version: text },
    },
    target: {
      type: 'object',
      required: ['baseUrl', 'document'],
      properties: { baseUrl: text, document: text, profile: text },
    },
    guidelines: {
      type: 'object',
      required: ['name', 'title', 'source'],
      properties: { name: { enum: guidelineNames }, title: text, source: text },
    },
    startedAt: { type: 'string', format: 'date-time' },
    durationMs: { type: 'number', minimum: 0 },
    seed: { type: 'number' },
    requests: { type: 'integer', minimum: 0 },
    operations: { type: 'array', items: { $ref: '#/$defs/operation' } },
    readOnly: { const: true },
    checks: { type: 'array', items: { $ref: '#/$defs/check' } },
    results: { type: 'array', items: { $ref: '#/$defs/result' } },
    exchanges: { type: 'array', items: { $ref: '#/$defs/exchange' } },
    leftovers: { type: 'array', items: text },
    baseline: {
      type: 'object',
      required: ['vanished', 'open'],
      properties: {
        vanished: { type: 'array', items: { $ref: '#/$defs/known' } },
        open: { type: 'array', items: { $ref: '#/$defs/known' } },
      },
    },
  },
  $defs: {
    operation: {
      type: 'object',
      required: ['id', 'method', 'path', 'policy', 'inferred', 'judged'],
      properties: {
        id: text,
        method: text,
        path: text,
        policy: {
          type: 'object',
          properties: {
            duplicates: { enum: ['reject', 'return-existing', 'allow'] },
            idempotency: { enum: ['off', 'optional', 'required'] },
            naturalKey: { type: 'array', items: text },
          },
        },
        inferred: { type: 'array', items: text },
        judged: { type: 'boolean' },
        reason: text,
      },
    },
    check: {
      type: 'object',
      required: ['id', 'group', 'title'],
      properties: { id: text, group: text, title: text },
    },
    known: {
      type: 'object',
      required: ['id', 'check', 'operation', 'level'],
      properties: { id: text, check: text, operation: text, level },
    },
    result: {
      type: 'object',
      required: ['check', 'operation', 'verdict', 'level', 'basis', 'source', 'message', 'evidence'],
      properties: {
        id: text,
        known: { type: 'boolean' },
        check: text,
        operation: text,
        verdict: { enum: ['pass', 'fail', 'inconclusive', 'skip', 'error'] },
        level,
        basis: { enum: ['standard', 'guideline', 'derived', 'convention'] },
        source: text,
        message: text,
        fix: text,
        cause: { type: 'object', required: ['id', 'title', 'page'], properties: { id: text, title: text, page: text } },
        explainedBy: text,
        evidence: ids,
        shrunkFrom: { type: 'integer', minimum: 1 },
        reproduce: text,
      },
    },
    exchange: {
      type: 'object',
      required: ['id', 'request'],
      properties: {
        id: { type: 'integer', minimum: 1 },
        at: { type: 'number' },
        race: { type: 'integer', minimum: 1 },
        request: {
          type: 'object',
          required: ['method', 'url', 'headers', 'body'],
          properties: { method: text, url: text, headers, body: text },
        },
        response: {
          type: 'object',
          required: ['status', 'headers', 'body', 'ms'],
          properties: { status: { type: 'integer' }, headers, body: text, ms: { type: 'number' } },
        },
        // Instead of a response, where there was none.
        failure: { type: 'object', required: ['reason', 'detail'], properties: { reason: text, detail: text } },
      },
    },
  },
}
