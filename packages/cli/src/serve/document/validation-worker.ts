// A thread of its own (validate-beside.ts): reads the document that it is given the address of, and tells what is wrong with it.
import { parentPort, workerData } from 'node:worker_threads'
import { readDocument } from '@createonce/verifier/document'

const { validate } = await readDocument(workerData as string, { validation: 'later' })
parentPort!.postMessage(await validate())
