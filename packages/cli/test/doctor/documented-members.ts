/** A member of an interface, as its comment documents it. */
export interface DocumentedMember {
  readonly name: string
  readonly isOptional: boolean
  readonly says: string
  readonly default: string | undefined
}

/** The members of an interface in a source text, in their order; the comments are the documentation. */
export function documentedMembers(source: string, name: string): readonly DocumentedMember[] {
  const [, body] = new RegExp(`interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source) ?? []
  if (body === undefined) throw new Error(`There is no interface ${name}.`)
  const members = body.matchAll(/(?:^ {2}\/\*\*([\s\S]*?)\*\/\n)?^ {2}readonly (\w+)(\??): (.*)$/gm)
  return [...members].map(([, comment = '', member, optional, type]) => {
    const text = comment
      .replaceAll(/^\s*\* ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim()
    const [says = '', value] = text.split('@default ')
    return {
      name: member!,
      isOptional: optional === '?',
      says: says.trim() || saysOfInterface(source, type!),
      default: value?.trim(),
    }
  })
}

/** What is said of the interface that a member has as its type, or has a list of. */
function saysOfInterface(source: string, type: string): string {
  const [, name = ' '] = /(\w+)\)?(?:\[\])?$/.exec(type) ?? []
  return new RegExp(`/\\*\\* ([^\n]*) \\*/\nexport interface ${name} `).exec(source)?.[1] ?? ''
}
