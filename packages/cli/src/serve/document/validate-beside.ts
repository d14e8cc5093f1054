import { Worker } from 'node:worker_threads'

/**
 * Has a document validated by its OpenAPI version in a thread of its own, and `tell` told what is wrong with it when that is known.
 * It takes longer than everything else that a start does, seconds for a document of 10 MB, and what is served depends on
 * none of it. Nothing waits for it: it ends with the process, or when the function is called that is returned.
 */
export function validateBeside(source: string, tell: (warnings: readonly string[]) => void): () => Promise<void> {
  const worker = new Worker(new URL('./validation-worker.js', import.meta.url), { workerData: source })
  worker.on('message', tell)
  worker.on('error', (error) => tell([`The document could not be validated: ${error.message}`]))
  worker.unref()
  return async () => {
    worker.removeAllListeners('message')
    await worker.terminate()
  }
}
