import { describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { tryDocument } from '../../../../scripts/corpus/try-document.mjs'
import { corpusDocuments, isLeftOut } from './corpus-documents.ts'

// The first and one from the middle of each document; corpus.long.test.ts judges all of them.
const MOST = 2

describe('createonce serve, judged by createonce verify with everything on', () => {
  for (const document of corpusDocuments) {
    test.skipIf(isLeftOut(document))(`serves ${document.name} without fault`, async () => {
      const row = await tryDocument(document, { most: MOST })
      expect(row.failures).toEqual([])
      expect(row).toMatchObject({ operations: document.operations, creations: document.creations })
      if (document.creations > 0) expect(row.passed).toBeGreaterThan(20)
    })
  }
})
