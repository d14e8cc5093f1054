// Few enough to keep most creations plain, many enough for thousands of races.
const NATURAL = 0.2

// How many keys want the same natural key, one right after the other, by different clients.
const RACING = 3

/**
 * What a client creates next, by kind of database: half by `create(tx)`, half as a declared row, some of either with a
 * natural key for which others race; where no transaction reaches, half under each choice for a crash.
 */
export function chooserFor(database) {
  const half = (random, one, other) => (random() < 0.5 ? one : other)
  if (database.effects !== undefined) {
    return (random, serial) => ({ path: half(random, '/block', '/rerun'), item: `item-${serial}` })
  }
  let racing = 0
  return (random, serial) => {
    const way = half(random, 'created', 'declared')
    if (random() >= NATURAL) return { path: `/${way}`, item: `item-${serial}` }
    racing += 1
    return { path: `/named/${way}`, item: `name-${Math.floor(racing / RACING)}` }
  }
}
