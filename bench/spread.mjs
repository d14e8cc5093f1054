/** The median with the middle half of the rounds, since single rounds of a shared machine say little: `12.3 (11.8–13.1)`. */
export function spread(values, digits = 1) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(digits)
  return `${at(0.5)} (${at(0.25)}–${at(0.75)})`
}
