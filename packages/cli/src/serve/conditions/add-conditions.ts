import type { FastifyInstance } from 'fastify'
import type { Conditions } from './conditions.ts'
import { addConnectionLimit } from './connections.ts'
import { addCors } from './cors.ts'
import { addFaults } from './faults.ts'
import { addInFlightLimit } from './in-flight.ts'
import { addLatency } from './latency.ts'
import { addRecording } from './record/add-recording.ts'
import type { Recording } from './record/open-recording.ts'
import { seededRandom } from './seeded-random.ts'
import type { ProblemTypes } from './send-problem.ts'

/** What conditions have to know of the service that they hold for. */
export interface ServiceFacts extends ProblemTypes {
  readonly recording?: Recording
  readonly publicBaseUrl?: string
  /** Names of header lines by which clients say who they are, besides Authorization and Cookie. */
  readonly credentialHeaders?: readonly string[]
  /** Names of query parameters by which they do. */
  readonly credentialParameters?: readonly string[]
}

/**
 * Adds what a server does to requests besides serving them. Before the routes, and before whoever authenticates: the order is that
 * in which a request meets them.
 */
export function addConditions(
  app: FastifyInstance,
  { origins, latency, faultShare, seed, limits }: Conditions,
  { recording, publicBaseUrl, credentialHeaders = [], credentialParameters = [], problemTypes }: ServiceFacts,
): void {
  const types: ProblemTypes = problemTypes === undefined ? {} : { problemTypes }
  if (recording !== undefined) {
    addRecording(app, {
      recording,
      secretNames: [...credentialHeaders, ...credentialParameters],
      ...(publicBaseUrl !== undefined && { publicBaseUrl }),
    })
  }
  // Before everything that refuses: a page has to read why, and when to come again.
  addCors(app, { origins, allowHeaders: credentialHeaders })
  addConnectionLimit(app, { ...limits, ...types })
  addInFlightLimit(app, { ...limits, ...types })
  if (latency !== undefined) addLatency(app, { ...latency, random: seededRandom(seed, 'latency') })
  addFaults(app, { share: faultShare, random: seededRandom(seed, 'faults'), ...types })
}
