/**
 * Waits for SIGTERM or Ctrl-C, then stops; a second signal ends the process at once. Listens from the call on, so call
 * it before anybody is told that there is something to stop.
 */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))
  await stop()
}
