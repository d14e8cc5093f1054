/**
 * The steps that a name with brackets spells out: `address[city]` → `address`, `city`; `tags[]` → `tags` and an empty
 * step. One that is not spelled like that is one step.
 */
export function nameSteps(name: string): readonly string[] {
  const at = name.indexOf('[')
  if (at <= 0 || !/^(?:\[[^[\]]*\])+$/.test(name.slice(at))) return [name]
  return [name.slice(0, at), ...name.slice(at + 1, -1).split('][')]
}
