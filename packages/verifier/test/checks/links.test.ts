import { describe, expect, test } from 'vitest'
import { runVerify } from '../run-verify.ts'
import { onAnswer, withHeader } from '../targets/faults/fault.ts'
import { start } from '../targets/styles/start.ts'
import { styles } from '../targets/styles/styles.ts'
import { plainWords } from '../targets/styles/words.ts'

/** What `link-created` says of a 201 with a Link, in which PATH is that of the created resource and LIST the collection's. */
async function judge(link: string, isOfCreated = false): Promise<string | undefined> {
  const own = styles.find(({ name }) => name === 'uuids')!
  const answers = onAnswer('created', (reply, { path, collection }) => {
    const linked = withHeader(reply, 'Link', link.replaceAll('PATH', path).replaceAll('LIST', collection))
    return isOfCreated ? withHeader(linked, 'Content-Location', path) : linked
  })
  const api = await start(own, plainWords, answers)
  try {
    const operations = [`add-${plainWords.collection}`]
    const { report } = await runVerify(api.document, { operations, checks: ['link-created'] })
    return report.results[0]?.verdict
  } finally {
    await api.close()
  }
}

describe('a Link of a 201', () => {
  test.concurrent.each([
    ['pass', '<PATH>; rel="item"'],
    ['pass', '<PATH/>; rel=item'],
    ['pass', '<LIST/first>; rel="item", <PATH>; title="a; b, c"; rel="edit item"'],
    ['fail', '<LIST/another>; rel="item"'],
    ['fail', '<LIST/another>; rel="ITEM", <PATH>; rel="self"'],
    ['skip', '<LIST/another>; rel="item"; anchor="LIST"'],
    ['skip', '<PATH/lines/1>; rel="item", <PATH/lines/2>; rel="item"'],
    ['skip', '<https://elsewhere.example/things/1>; rel="item"'],
    ['skip', '<LIST/another>; rel="next"'],
    ['skip', '<LIST/another>'],
    ['skip', 'no link at all'],
  ])('is judged with %s where it is %s', async (verdict, link) => {
    expect(await judge(link)).toBe(verdict)
  })

  test.concurrent.each([
    ['pass', '<PATH>; rel="self"'],
    ['fail', '<LIST>; rel="self"'],
    ['fail', '<LIST/another>; rel="self"'],
    ['skip', '<LIST/another>; rel="item"'],
    ['skip', '</other-name-of-it>; rel="self"'],
  ])('is judged with %s where the answer is the created resource and it is %s', async (verdict, link) => {
    expect(await judge(link, true)).toBe(verdict)
  })
})
