import { etagOf, type InputError, type StandardIssue, type StandardSchema } from '@createonce/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { catalogued, notFound, type Problem, sendProblem } from '../problem.ts'
import type { State } from '../rows/rows.ts'
import { type Made, toMade } from './made.ts'
import { mergePatch } from './merge-patch.ts'
import { addressOf, type Mounted } from './mounted.ts'
import { patchOf } from './patch-content.ts'
import { isMatchFailed } from './preconditions.ts'

/** What is known of a PATCH besides how it is mounted. */
export interface PatchSettings {
  /** The schema of the patch itself. */
  readonly patch: StandardSchema<State>
  /** The state that a patch has made, with what the server sets at a change. */
  readonly complete: (state: State, now: Date) => State
  readonly naturalKey: readonly string[]
  readonly showRead: Mounted['show']
}

/** PATCH of one by RFC 7396 (JSON Merge Patch): what is sent is changed, `null` removes a member. */
export function patchRoute(mounted: Mounted, settings: PatchSettings) {
  const { service, resource, show } = mounted
  const { rows } = service
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const read = patchOf(request)
    if ('problem' in read) return sendProblem(reply, read.problem)
    const body = read.value
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return sendProblem(reply, invalidInput([{ pointer: '', detail: 'must be an object (JSON Merge Patch)' }]))
    }
    const valid = await settings.patch['~standard'].validate(body)
    if (valid.issues !== undefined) return sendProblem(reply, invalidInput(valid.issues.slice(0, 100).map(toError)))
    const { place, id } = addressOf(mounted, request)
    const done = await rows.write(async (tx): Promise<Problem | Made> => {
      const row = await rows.find(tx, resource.table, place, id)
      if (row === undefined) return notFound(resource.noun)
      if (isMatchFailed(request.headers['if-match'], etagOf(settings.showRead(toMade(resource, place, row)))))
        return catalogued('precondition-failed', 'If-Match names another state. Nothing was changed.')
      const state = settings.complete(mergePatch(row.state, valid.value) as State, service.now())
      const replaced = await rows.replace(tx, resource.table, place, row.id, state)
      if (replaced.kind === 'replaced') return toMade(resource, place, replaced.row)
      if (replaced.kind === 'missing') return notFound(resource.noun)
      const fields = settings.naturalKey
      return catalogued('duplicate-resource', `A ${resource.noun} with the same ${fields.join(', ')} exists.`, {
        fields,
      })
    })
    if ('status' in done) return sendProblem(reply, done)
    return reply
      .header('ETag', etagOf(settings.showRead(done)))
      .type('application/json')
      .send(JSON.stringify(show(done)))
  }
}

function invalidInput(errors: readonly InputError[]): Problem {
  return catalogued('invalid-input', errors.length === 1 ? 'One member is not valid.' : 'Members are not valid.', {
    errors,
  })
}

function toError({ message, path = [] }: StandardIssue): InputError {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step))
  const pointer = steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return { pointer, detail: message }
}
