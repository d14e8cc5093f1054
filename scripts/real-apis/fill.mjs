/** Puts values where a recipe says `{name}`, in every text within what is given. Throws for a name that is unknown. */
export function fill(within, values) {
  if (typeof within === 'string') {
    return within.replace(/\{([a-z]\w*)\}/gi, (_, name) => {
      if (values[name] === undefined) throw new Error(`the recipe says {${name}}, and nothing gives it a value`)
      return values[name]
    })
  }
  if (Array.isArray(within)) return within.map((part) => fill(part, values))
  if (typeof within !== 'object' || within === null) return within
  return Object.fromEntries(Object.entries(within).map(([name, part]) => [name, fill(part, values)]))
}
