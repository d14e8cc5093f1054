/**
 * Does something for every item, `size` at a time, and gives the outcomes in the order of the items. A batch is
 * finished before the next begins, so that the order of requests does not depend on how fast each is answered.
 */
export async function inBatches<T, R>(
  items: readonly T[],
  size: number,
  task: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const outcomes: R[] = []
  for (let at = 0; at < items.length; at += size) {
    outcomes.push(...(await settled(items.slice(at, at + size).map(task))))
  }
  return outcomes
}

// Waits for all of them even when one fails: nothing may be under way when the experiment is over.
async function settled<R>(tasks: readonly Promise<R>[]): Promise<R[]> {
  await Promise.allSettled(tasks)
  return await Promise.all(tasks)
}
