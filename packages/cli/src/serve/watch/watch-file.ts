import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { systemTime, type Time } from '@createonce/server'
import { signatureOf } from './signature-of.ts'

/** How a file is watched. */
export interface WatchOptions {
  /** How long nothing may happen before a change is told, in milliseconds: editors and tools write in several steps. @default 100 */
  readonly settleMs?: number
  /** @default the machine's clock */
  readonly time?: Time
  /**
   * The signature that the file had when it was read: what has changed between then and now is told, too.
   * @default the one that it has now
   */
  readonly since?: string
  /** Told where the folder cannot be watched any more, for example because it was deleted. */
  readonly onError?: (error: Error) => void
}

/**
 * Calls back after each change of a file, until it is closed; does not keep the process alive. Watches the folder and not the file: editors
 * write a new file and rename it over the old one, and mounted configuration is exchanged by a link beside it. While the file is away nothing is told.
 *
 * @returns what ends it. Throws where the folder is not there.
 */
export function watchFile(
  path: string,
  onChange: () => void,
  { settleMs = 100, time = systemTime, since, onError }: WatchOptions = {},
): () => void {
  let known = since ?? signatureOf(path)
  let cancel = (): void => {}
  const look = (): void => {
    const now = signatureOf(path)
    if (now === undefined || now === known) return
    known = now
    onChange()
  }
  // Whatever happens in the folder: which name is told differs between systems, and behind a link it is another one.
  const watcher = watch(dirname(path), { persistent: false }, () => {
    cancel()
    cancel = time.after(settleMs, look)
  })
  const close = (): void => {
    cancel()
    watcher.close()
  }
  // From here on nothing is missed.
  if (since !== undefined) cancel = time.after(settleMs, look)
  watcher.on('error', (error) => {
    close()
    onError?.(error)
  })
  return close
}
