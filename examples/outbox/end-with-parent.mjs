/** Tells the process that started this one that it is ready, and ends when told to, or when that process is gone. */
export function endWithParent(ready, close) {
  process.send?.(ready)
  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await close()
    process.exit()
  }
  process.once('disconnect', end)
  process.once('SIGTERM', end)
  // Ctrl-C reaches every process of the terminal; the one that started this one decides the order.
  process.on('SIGINT', () => {
    if (process.connected !== true) end()
  })
}
