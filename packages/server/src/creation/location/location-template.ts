import { MAX_ADDRESS_LENGTH, pathFault } from './check-path.ts'
import { encodeSegment } from './encode-segment.ts'

/** The path that a template gives, or the variable that cannot be part of it. */
export type LocationOutcome =
  | { readonly kind: 'location'; readonly path: string }
  | {
      readonly kind: 'refused'
      readonly variable: string
      /** Reads on from the variable's name, such as `is empty`. */
      readonly reason: string
    }

/** A compiled template. */
export interface LocationTemplate {
  /** The names of the variables, each once, in the order of the template. */
  readonly variables: readonly string[]
  /** Fills in the variables; a value that would change the path's shape is refused, never repaired. */
  expand(variables: Readonly<Record<string, unknown>>): LocationOutcome
}

/** A variable's place: the text before it and how to encode it. */
interface Slot {
  readonly before: string
  readonly name: string
  readonly where: 'path' | 'query'
}

const EXPRESSION = /\{([^{}]*)\}/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const OPERATORS = '/?&'

// What RFC 6570 has and this subset has not: why, and what to write.
const UNSAFE: Readonly<Record<string, string>> = {
  '+': 'would let a value such as "../admin" change the path',
  '#': 'makes a fragment, which names no resource',
  '.': 'makes labels with dots, and a value could make a segment ".."',
  ';': 'makes path parameters, which routers read in different ways',
}

class Compiler {
  readonly slots: Slot[] = []
  readonly #template: string
  #literal = ''
  #inQuery = false

  constructor(template: string) {
    this.#template = template
  }

  literal(text: string): void {
    if (text.includes('{') || text.includes('}')) throw this.#fault('has a brace without its other half')
    const colon = /\/:([A-Za-z_]\w*)/.exec(text)
    if (colon !== null) throw this.#fault(`has ":${colon[1]}" as routers write it; write {${colon[1]}}`)
    if (text.includes('?')) this.#inQuery = true
    this.#literal += text
  }

  expression(inner: string): void {
    const operator = NAME.test(inner[0] ?? '_') ? '' : inner[0]!
    const names = (operator === '' ? inner : inner.slice(1)).split(',')
    const unsafe = UNSAFE[operator]
    if (unsafe !== undefined) throw this.#fault(`uses {${inner}}, which ${unsafe}; write {${names[0]}}`)
    for (const name of names) {
      if (/[:*]/.test(name))
        throw this.#fault(`uses a modifier in {${inner}}, which would cut or spread a value; write {name}`)
    }
    if (operator !== '' && !OPERATORS.includes(operator)) throw this.#fault(`has no variable's name in {${inner}}`)
    for (const name of names) {
      if (!NAME.test(name))
        throw this.#fault(`has no variable's name in {${inner}}: letters, digits and "_", no digit first`)
    }
    if (operator === '') this.#simple(inner, names)
    else if (operator === '/') this.#segments(inner, names)
    else this.#pairs(inner, operator, names)
  }

  end(): string {
    return this.#literal
  }

  #simple(inner: string, names: readonly string[]): void {
    if (names.length > 1) {
      throw this.#fault(
        `uses {${inner}}, which joins values with a comma; write ${names.map((name) => `{${name}}`).join('/')}`,
      )
    }
    this.#slot(names[0]!)
  }

  #segments(inner: string, names: readonly string[]): void {
    if (this.#inQuery) throw this.#fault(`uses {${inner}} behind the "?"; a query has no segments`)
    for (const name of names) {
      this.#literal += '/'
      this.#slot(name)
    }
  }

  #pairs(inner: string, operator: string, names: readonly string[]): void {
    if (operator === '?' && this.#inQuery) throw this.#fault(`begins the query twice; write {&${inner.slice(1)}}`)
    if (operator === '&' && !this.#inQuery)
      throw this.#fault(`goes on with a query that has not begun; write {?${inner.slice(1)}}`)
    this.#inQuery = true
    for (const [index, name] of names.entries()) {
      this.#literal += `${index === 0 ? operator : '&'}${name}=`
      this.#slot(name)
    }
  }

  #slot(name: string): void {
    this.slots.push({ before: this.#literal, name, where: this.#inQuery ? 'query' : 'path' })
    this.#literal = ''
  }

  #fault(what: string): TypeError {
    return templateFault(this.#template, what)
  }
}

function templateFault(template: string, what: string): TypeError {
  return new TypeError(
    `location must be a path with variables such as '/orders/{id}'; ${JSON.stringify(template)} ${what}.`,
  )
}

function compile(template: string): { readonly slots: readonly Slot[]; readonly tail: string } {
  const compiler = new Compiler(template)
  let from = 0
  for (const { 0: expression, 1: inner, index } of template.matchAll(EXPRESSION)) {
    compiler.literal(template.slice(from, index))
    compiler.expression(inner!)
    from = index + expression.length
  }
  compiler.literal(template.slice(from))
  const tail = compiler.end()
  const { slots } = compiler
  // A letter stands for each value: it is what a value looks like to the rules for paths.
  const fault = pathFault(slots.map(({ before }) => `${before}x`).join('') + tail)
  if (fault !== undefined) throw templateFault(template, fault)
  return { slots, tail }
}

/**
 * Compiles a template for `Location`: a subset of RFC 6570 in which no value can change the shape of the path.
 *
 * `{id}` is one segment or a part of one, `{/a,b}` is `/` and a segment for each, `{?a,b}` and `{&a}` are pairs of a
 * query. All variables are required.
 *
 * @throws TypeError for a template that is not path-absolute, or that uses an operator or a modifier outside the subset;
 * the message says why and what to write.
 *
 * @example
 * compileLocation('/orders/{id}').expand({ id: 'a/b' }) // { kind: 'location', path: '/orders/a%2Fb' }
 */
export function compileLocation(template: string): LocationTemplate {
  const { slots, tail } = compile(template)
  return {
    variables: [...new Set(slots.map(({ name }) => name))],
    expand(variables) {
      let path = ''
      for (let i = 0; i < slots.length; i++) {
        const { before, name, where } = slots[i]!
        const encoded = encodeSegment(variables[name], where)
        if (typeof encoded !== 'string') return { kind: 'refused', variable: name, reason: encoded.reason }
        path += before + encoded
      }
      path += tail
      if (path.length > MAX_ADDRESS_LENGTH) return tooLong(slots, variables)
      return { kind: 'location', path }
    },
  }
}

/** Blames the variable with the longest value. */
function tooLong(slots: readonly Slot[], variables: Readonly<Record<string, unknown>>): LocationOutcome {
  let longest = slots[0]!.name
  for (const { name } of slots) {
    if (String(variables[name]).length > String(variables[longest]).length) longest = name
  }
  const reason = `makes an address of more than ${MAX_ADDRESS_LENGTH} characters`
  return { kind: 'refused', variable: longest, reason }
}
