import { describe, expect, test } from 'vitest'
import { notGreen, runVerify } from '../run-verify.ts'
import { putStyles, withOtherNames } from '../targets/put/put-style.ts'
import { otherPutWords, putWords } from '../targets/put/put-words.ts'
import { startPut } from '../targets/put/start-put.ts'

describe('an API whose clients name what they create', () => {
  const copies = putStyles.flatMap((style) => [
    { name: style.name, style, words: putWords },
    { name: `${style.name}, in other words`, style: withOtherNames(style), words: otherPutWords },
  ])

  test.concurrent.each(copies)('has no finding and is left as it was: $name', async ({ style, words }) => {
    const target = await startPut(style, words)
    const { report } = await runVerify(target.document)
    expect(notGreen(report)).toEqual([])
    expect(report.operations.filter(({ judged }) => !judged)).toEqual([])
    const left = target.count()
    expect(style.deletes ? [left, report.leftovers.length] : report.leftovers.length).toEqual(
      style.deletes ? [0, 0] : left,
    )
    if (process.env['SHOW'] === style.name)
      console.log(
        report.results
          .map((r) => [r.check, r.operation, r.verdict, r.verdict === 'skip' ? r.message : ''].join(' '))
          .join('\n'),
      )
    await target.close()
  })
})
