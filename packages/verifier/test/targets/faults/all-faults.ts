import { documentFaults } from './documents.ts'
import { duplicateFaults } from './duplicates.ts'
import { errorFaults } from './errors.ts'
import type { Fault } from './fault.ts'
import { guidelineFaults } from './guidelines.ts'
import { httpFaults } from './http.ts'
import { keyFaults } from './keys.ts'
import { locationFaults } from './location.ts'
import { methodFaults } from './methods.ts'
import { representationFaults } from './representation.ts'
import { storageFaults } from './storage.ts'
import { validationFaults } from './validation.ts'

/** Every fault, by family. */
export const allFaults: readonly Fault[] = [
  ...locationFaults,
  ...representationFaults,
  ...storageFaults,
  ...validationFaults,
  ...httpFaults,
  ...duplicateFaults,
  ...keyFaults,
  ...errorFaults,
  ...documentFaults,
  ...methodFaults,
  ...guidelineFaults,
]
