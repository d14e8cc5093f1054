import { randomUUID } from 'node:crypto'
import type { StandardSchema } from '@createonce/server'
import { jsonSchema } from '@createonce/server/json-schema'
import type { JsonSchema, Operation } from '@createonce/verifier/document'
import type { Resource } from '../plan/resource.ts'
import type { Place, State } from '../rows/rows.ts'
import type { Listed } from './list-route.ts'
import type { Made } from './made.ts'

/** (naive, until shape lands) */
export function inputOf(schema: JsonSchema | undefined): StandardSchema<State> {
  return jsonSchema<State>(schema ?? { type: 'object' }, { unknown: 'keep' })
}
export function idOf(_resource: Resource): (sent: State) => string | undefined {
  return () => randomUUID()
}
export function completeOf(_resource: Resource) {
  return (sent: State, facts: { now: Date; place: Place; members: State }): State => ({
    ...facts.members,
    ...sent,
  })
}
export function showOf(_resource: Resource, _operation: Operation | undefined) {
  return ({ row }: Made): unknown => ({ ...row.state, id: row.id })
}
export function showListOf(_resource: Resource, _operation: Operation) {
  return ({ made }: Listed): unknown => made.map(({ row }) => ({ ...row.state, id: row.id }))
}
export function isMemberOf(_resource: Resource): (name: string) => boolean {
  return () => true
}
