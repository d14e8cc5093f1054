// A load generator that costs little beside what it measures (load/generate.mjs), in a process of its own: takes jobs as
// messages from its parent, or one as an argument: node load.mjs '{"port":…,"connections":64,"ms":2000,"requests":[…]}'
import { generate } from './load/generate.mjs'

const [, , job] = process.argv
if (job !== undefined) {
  process.stdout.write(`${JSON.stringify(await generate(JSON.parse(job)))}\n`)
} else {
  process.on('message', async (options) => {
    try {
      process.send({ result: await generate(options) })
    } catch (error) {
      process.send({ fault: error.message })
    }
  })
  process.on('disconnect', () => process.exit(0))
}
