/** The median of `values` with the middle half of them, since single rounds of a shared machine say little. */
export function figureOf(values, digits = 1) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)]
  return { median: at(0.5), low: at(0.25), high: at(0.75), digits }
}

/** One number that is no median. */
export function numberOf(value, digits = 1) {
  return { median: value, digits }
}

/** As a table shows it: `12.3 (11.8–13.1)`. */
export function textOf({ median, low, high, digits }) {
  const text = (value) => value.toFixed(digits)
  return low === undefined ? text(median) : `${text(median)} (${text(low)}–${text(high)})`
}
