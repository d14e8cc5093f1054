import { groupBy } from './group-by.mjs'

/**
 * What must hold of effects outside, where no transaction reaches: at most once under `block`, and under `rerun` at
 * least once, always under the same name, so that whoever honours it acts once.
 *
 * @param keys what became of every key; @param effects the ledger.
 */
export function judgeEffects(keys, effects) {
  const byItem = groupBy(effects, ({ item }) => item)
  const done = ({ item }) => byItem.get(item) ?? []
  const names = (key) => new Set(done(key).map(({ id }) => id))
  const under = (path, kind) => keys.filter((key) => key.path === path && key.kind === kind)
  const known = new Map(keys.map((key) => [key.item, key]))
  const [kept, blocked, rerun] = [
    under('/block', 'acknowledged'),
    under('/block', 'blocked'),
    under('/rerun', 'acknowledged'),
  ]
  const again = rerun.filter((key) => done(key).length > 1).length

  return [
    {
      sentence: `${kept.length} keys acknowledged under 'block' were executed once each, and told of it`,
      wrong: kept.filter((key) => done(key).length !== 1 || !tellsOf(key, done(key)[0])),
    },
    {
      sentence: `${blocked.length} keys blocked by a crash were never executed twice${nameThem(blocked)}`,
      wrong: blocked.filter((key) => done(key).length > 1),
    },
    {
      sentence: `${rerun.length} keys acknowledged under 'rerun' were executed at least once (${again} of them again), and told of it`,
      wrong: rerun.filter((key) => done(key).length === 0 || !tellsOf(key, done(key)[0])),
    },
    {
      sentence: "every execution of a key under 'rerun' had the same attemptKey: deduplicated by it, each acted once",
      wrong: rerun.filter((key) => names(key).size !== 1),
    },
    {
      sentence: 'no two keys had the same attemptKey',
      wrong: [...groupBy(effects, ({ id }) => id)].filter(([, same]) => new Set(same.map(({ item }) => item)).size > 1),
    },
    {
      sentence: "no key was blocked under 'rerun'",
      wrong: under('/rerun', 'blocked'),
    },
    {
      sentence: `${effects.length} effects belong to a key that was decided`,
      wrong: effects.filter(({ item }) => !known.has(item)),
    },
  ]
}

function nameThem(blocked) {
  const [first, second] = blocked
  if (first === undefined) return ''
  const ran = second === undefined ? first.key : `${first.key}, ${second.key}${blocked.length > 2 ? ', …' : ''}`
  return ` (${ran})`
}

function tellsOf({ body, location }, { id, item }) {
  const told = JSON.parse(body)
  return told.id === id && told.item === item && location === `/effects/${id}`
}
