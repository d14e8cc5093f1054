// A line takes one cell for each line of the other text; beyond that, a difference is told without its lines.
const LONGEST = 1_000

/** What would change a text into another one: the lines that go (`-`) and those that come (`+`), in order. */
export function changedLines(from: string, to: string): string[] | undefined {
  const old = from.split('\n')
  const next = to.split('\n')
  if (old.length > LONGEST || next.length > LONGEST) return undefined
  // How many lines the rest of both have in common, from each place on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(next.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--)
      common[i]![j] = old[i] === next[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  }
  const lines: string[] = []
  for (let i = 0, j = 0; i < old.length || j < next.length; ) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      i++
      j++
    } else if (i < old.length && (j === next.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`-${old[i++]}`)
    else lines.push(`+${next[j++]}`)
  }
  return lines
}
