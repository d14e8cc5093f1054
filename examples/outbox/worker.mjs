// The worker: does what the queue asks for. `DATABASE_URL` and `MAIL_URL` say where.
import { run } from 'graphile-worker'
import { endWithParent } from './end-with-parent.mjs'
import { SEND_RECEIPT, sendReceipt } from './receipts.mjs'

const runner = await run({
  connectionString: process.env.DATABASE_URL,
  taskList: { [SEND_RECEIPT]: sendReceipt(process.env.MAIL_URL) },
  parsedCronItems: [],
  concurrency: 5,
  // Ended below, in step with whoever started it.
  noHandleSignals: true,
})
console.log(`The worker runs, process ${process.pid}.`)
endWithParent('running', () => runner.stop())
