import { describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { tryDocument } from '../../../../scripts/corpus/try-document.mjs'
import { corpusDocuments, isLeftOut } from './corpus-documents.ts'

// The first and one from the middle of each document.
const MOST = 2

describe('createonce serve, judged by createonce verify with everything on', () => {
  for (const document of corpusDocuments) {
    test.skipIf(isLeftOut(document))(
      `serves ${document.name} without fault, but for those that are known`,
      async () => {
        const row = await tryDocument(document, { most: MOST })
        const found = row.failures.filter(
          ({ check }: { check: string }) => document.open === undefined || check !== 'served',
        )
        expect(
          found.map(({ check, operation }: { check: string; operation: string }) => `${check} ${operation}`).sort(),
        ).toEqual([...(document.open ?? [])].sort())
        expect(row).toMatchObject({ operations: document.operations, creations: document.creations })
        if (document.creations > 0) expect(row.passed).toBeGreaterThan(20)
      },
    )
  }
})
