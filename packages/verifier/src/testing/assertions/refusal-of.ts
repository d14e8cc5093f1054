/**
 * Why a function of the test does not accept a value, as half a sentence; undefined where it returns something true.
 * Nothing returned is no acceptance: a function that says nothing could never fail. What it throws is thrown on.
 */
export function refusalOf(accepts: (value: never) => unknown, value: unknown): string | undefined {
  const said = accepts(value as never)
  if (typeof (said as { then?: unknown } | undefined)?.then === 'function')
    throw new TypeError('A function that accepts a value must return a boolean, and this one returns a promise.')
  if (said) return undefined
  return said === undefined
    ? 'the function of the test returned nothing: it has to return true for what it accepts'
    : `the function of the test does not accept it (it returned ${JSON.stringify(said)})`
}
