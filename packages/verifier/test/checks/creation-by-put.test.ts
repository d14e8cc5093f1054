import { describe, expect, test } from 'vitest'
import { notGreen, runVerify } from '../run-verify.ts'
import { putFaultList } from '../targets/put/put-faults.ts'
import { type PutStyle, putStyles, withOtherNames } from '../targets/put/put-style.ts'
import { otherPutWords, type PutWords, putWords } from '../targets/put/put-words.ts'
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
    await target.close()
  })
})

describe('a fault of an API by PUT', () => {
  const faulty = putFaultList.flatMap((fault) =>
    fault.styles.map((name) => ({ ...fault, check: fault.finds[0] ?? '', where: name, style: styleNamed(name) })),
  )

  test.concurrent.each(faulty)('is found by $check: $name ($where), under any name', async (fault) => {
    const { style, finds, also, level, decisions } = fault
    const failures = async (own: PutStyle, words: PutWords): Promise<Record<string, string>> => {
      const target = await startPut(own, words, decisions())
      const { report } = await runVerify(target.document)
      await target.close()
      const failed = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
      return Object.fromEntries(failed.map(({ check, level }) => [check, level]))
    }
    const found = await failures(style, putWords)
    expect(found).toMatchObject({ [finds[0] ?? '']: level })
    expect(Object.keys(found).filter((check) => ![...finds, ...also].includes(check))).toEqual([])
    const disguised = await failures(withOtherNames(style), otherPutWords)
    expect(disguised).toMatchObject({ [finds[0] ?? '']: level })
    expect(Object.keys(disguised).filter((check) => ![...finds, ...also].includes(check))).toEqual([])
  })
})

function styleNamed(name: string): PutStyle {
  const style = putStyles.find((one) => one.name === name)
  if (style === undefined) throw new Error(`no style is named ${name}`)
  return style
}
