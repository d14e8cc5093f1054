/** Lists of what has the same name. */
export function groupBy(all, nameOf) {
  const groups = new Map()
  for (const one of all) {
    const name = nameOf(one)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return groups
}
