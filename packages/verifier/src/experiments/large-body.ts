import type { Exchange } from '../exchange/exchange.ts'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** Content that is too large for anybody, and whether the target still creates afterwards. */
export interface LargeBody {
  readonly tried: readonly { readonly mebibytes: number; readonly exchange: Exchange; readonly large: Tried }[]
  readonly after: Tried
}

// Far more than frameworks take by default (100 KiB to 1 MiB). Where the connection is closed while it is being sent,
// the answer may be lost: the smaller one fits into what the sockets hold.
const sizes = [16, 2]
const mebibyte = 1024 * 1024

/** A valid body with spaces after it, which change nothing but its size; undefined unless the run may be hostile, and where there is no body. */
export const largeBody: Experiment<LargeBody | undefined> = {
  name: 'send content of many mebibytes',
  async run(lab) {
    await lab.ask(created)
    if (!lab.hostile || lab.operation.creation.body === undefined) return undefined
    const tried: LargeBody['tried'][number][] = []
    for (const mebibytes of sizes) {
      const body = lab.newBody()
      const text = JSON.stringify(body)
      const large = await lab.tryPost({ body, raw: text + ' '.repeat(mebibytes * mebibyte - text.length) })
      tried.push({ mebibytes, exchange: large.exchange, large })
      if (large.kind === 'answered') break
    }
    return { tried, after: await lab.tryPost({ body: lab.newBody() }) }
  },
}
