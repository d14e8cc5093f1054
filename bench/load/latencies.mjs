/** Collects latencies in milliseconds, and tells their percentiles: `at(0.99)`. */
export function createLatencies() {
  let values = new Float64Array(65_536)
  let count = 0
  let isSorted = false
  return {
    add(value) {
      if (count === values.length) {
        const longer = new Float64Array(count * 2)
        longer.set(values)
        values = longer
      }
      values[count++] = value
      isSorted = false
    },
    count: () => count,
    at(share) {
      if (!isSorted) values.subarray(0, count).sort()
      isSorted = true
      return count === 0 ? 0 : values[Math.min(count - 1, Math.floor(count * share))]
    },
  }
}
