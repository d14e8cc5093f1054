import type { Ledger } from '../experiments/ledger.ts'
import type { Creation } from '../target/target.ts'
import { discoverRelated } from './discover-related.ts'
import type { LabFactory } from './lab-factory.ts'
import type { Nursery, Surroundings } from './nursery.ts'

/** A creation with everything that has to be known before it is judged. */
export interface Prepared {
  readonly creation: Creation
  readonly surroundings: Surroundings
}

/** What preparing takes. */
export interface Preparation {
  readonly nursery: Nursery
  readonly labFor: LabFactory
  readonly ledger: Ledger
  /** True when there is no document. */
  readonly fromExample: boolean
}

/** Creates what a creation needs; where there is no document, finds out how to read what it creates. */
export async function prepare(
  creation: Creation,
  { nursery, labFor, ledger, fromExample }: Preparation,
): Promise<Prepared> {
  try {
    const surroundings = await nursery.surroundingsOf(creation)
    if (surroundings.kind === 'impossible' || !fromExample) return { creation, surroundings }
    const lab = labFor(creation, surroundings, 'discovery')
    return { creation: typeof lab === 'string' ? creation : await discoverRelated(lab, ledger), surroundings }
  } catch (error) {
    const reason = `no valid request was possible: ${(error as Error).message}`
    return { creation, surroundings: { kind: 'impossible', reason } }
  }
}
