/** The median with the range of the rounds: `12.3 (11.8–13.1)`. */
export function spread(values, digits = 1) {
  const sorted = [...values].sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  const range = [sorted[0], sorted.at(-1)].map((value) => value.toFixed(digits)).join('–')
  return `${median.toFixed(digits)} (${range})`
}
