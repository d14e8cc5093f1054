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
import type { Surroundings } from './surroundings.ts'

/** What all conditions have to know of the service that they hold for. */
export interface ServiceFacts extends Surroundings {
  readonly recording?: Recording
  readonly publicBaseUrl?: string
  /** Names of header lines by which clients say who they are, besides Authorization and Cookie. */
  readonly credentialHeaders?: readonly string[]
  /** Names of query parameters by which they do. */
  readonly credentialParameters?: readonly string[]
}

/**
 * Adds what a server does to requests besides serving them, in the order in which a request meets it. Before the plugin `createonce`, before
 * whoever authenticates, and before the routes; the options of `fastify()` are those of `serverOptions`.
 */
export function addConditions(app: FastifyInstance, conditions: Conditions, facts: ServiceFacts): void {
  const { origins, latency, faultShare: share, seed, limits } = conditions
  const { recording, publicBaseUrl, credentialHeaders = [], credentialParameters = [], problemTypes, isAside } = facts
  const surroundings: Surroundings = {
    ...(problemTypes !== undefined && { problemTypes }),
    ...(isAside !== undefined && { isAside }),
  }
  if (recording !== undefined) {
    const secretNames = [...credentialHeaders, ...credentialParameters]
    const address = publicBaseUrl !== undefined && { publicBaseUrl }
    addRecording(app, { recording, secretNames, ...address, ...surroundings })
  }
  // Before everything that refuses: a page has to read why, and when to come again.
  addCors(app, { origins, allowHeaders: credentialHeaders })
  addConnectionLimit(app, { ...limits, ...surroundings })
  addInFlightLimit(app, { ...limits, ...surroundings })
  if (latency !== undefined) addLatency(app, { ...latency, random: seededRandom(seed, 'latency'), ...surroundings })
  addFaults(app, { share, random: seededRandom(seed, 'faults'), ...surroundings })
}
