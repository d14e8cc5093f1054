/**
 * The most that can be left out with the fault still showing: everything, or what halves of it, tried one after the
 * other, can spare. `shows` says whether the fault is still there without these.
 */
export async function smallestOf<T, R>(
  all: readonly T[],
  shows: (without: readonly T[]) => Promise<R | undefined>,
): Promise<R | undefined> {
  let left: readonly T[] = []
  let best: R | undefined
  const leaveOut = async (some: readonly T[]): Promise<void> => {
    const shown = await shows([...left, ...some])
    if (shown !== undefined) {
      left = [...left, ...some]
      best = shown
      return
    }
    if (some.length < 2) return
    const middle = Math.ceil(some.length / 2)
    await leaveOut(some.slice(0, middle))
    await leaveOut(some.slice(middle))
  }
  if (all.length > 0) await leaveOut(all)
  return best
}
