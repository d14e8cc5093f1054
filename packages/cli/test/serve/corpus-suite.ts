import { cpus } from 'node:os'
import { describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { tryDocument } from '../../../../scripts/corpus/try-document.mjs'
import { type CorpusDocument, corpusDocuments, isLeftOut } from './corpus-documents.ts'

/** Serves each document, judging at most so many creations of it: the first, and more on the way to the last. */
export function describeCorpus(mostOf: (document: CorpusDocument) => number): void {
  describe('createonce serve, judged by createonce verify with everything on', () => {
    const inTurn = takeTurns(Math.max(1, Math.min(2, cpus().length)))
    for (const document of corpusDocuments) {
      test.skipIf(isLeftOut(document)).concurrent(`serves ${document.name} without fault`, async () => {
        const row = await inTurn(() => tryDocument(document, { most: mostOf(document) }))
        expect(
          row.failures.map(
            ({ check, operation, message }: { check: string; operation: string; message: string }) =>
              `${check} ${operation}: ${message.slice(0, 500)}`,
          ),
        ).toEqual([])
        expect(row).toMatchObject({ operations: document.operations, creations: document.creations })
        if (document.creations > 0) expect(row.passed).toBeGreaterThan(20)
      })
    }
  })
}

/** Runs so many at once, and the others when one of them has ended. */
function takeTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
