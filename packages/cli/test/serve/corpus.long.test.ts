import { describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { tryDocument } from '../../../../scripts/corpus/try-document.mjs'
import { corpusDocuments, isLeftOut } from './corpus-documents.ts'

describe('createonce serve, judged by createonce verify on every creation', () => {
  for (const document of corpusDocuments) {
    test.skipIf(isLeftOut(document))(`serves ${document.name} without fault, and all of it that it says`, async () => {
      const row = await tryDocument(document)
      expect(row.failures).toEqual([])
      expect(row).toMatchObject({ operations: document.operations, creations: document.creations })
      if (document.creations > 0) expect(row.passed).toBeGreaterThan(20)
    })
  }
})
