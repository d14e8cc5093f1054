import type { Fresh } from './fresh.ts'

/** A regular expression as a tree of what it can produce. */
type Node =
  | { readonly kind: 'set'; readonly characters: string }
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly kind: 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGIT = '0123456789'
const WORD = `${LOWER}${UPPER}${DIGIT}_`
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')
const EMPTY: Node = { kind: 'sequence', nodes: [] }

/**
 * Makes a string that a regular expression is likely to accept; the caller checks it. Understands what schemas use:
 * literals, classes, groups, alternatives and quantifiers. Look-arounds and back references are passed over.
 * `reach` is how far open quantifiers (`+`, `*`, `{2,}`) go beyond their minimum.
 */
export function stringFromPattern(pattern: string, fresh: Pick<Fresh, 'random'>, reach: number): string {
  let node = trees.get(pattern)
  if (node === undefined) {
    node = new Parser(pattern).parse()
    trees.set(pattern, node)
  }
  return produce(node, fresh, reach)
}

const trees = new Map<string, Node>()

function produce(node: Node, fresh: Pick<Fresh, 'random'>, reach: number): string {
  switch (node.kind) {
    case 'set':
      return node.characters[Math.floor(fresh.random() * node.characters.length)] ?? ''
    case 'sequence':
      return node.nodes.map((child) => produce(child, fresh, reach)).join('')
    case 'choice':
      return produce(node.nodes[Math.floor(fresh.random() * node.nodes.length)] ?? EMPTY, fresh, reach)
    case 'repeat': {
      const count = Math.min(node.max, node.min + reach)
      return Array.from({ length: count }, () => produce(node.node, fresh, reach)).join('')
    }
  }
}

class Parser {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  parse(): Node {
    return this.#choice()
  }

  #choice(): Node {
    const nodes = [this.#sequence()]
    while (this.#take('|')) nodes.push(this.#sequence())
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: 'choice', nodes }
  }

  #sequence(): Node {
    const nodes: Node[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#peek())) {
      const atom = this.#atom()
      nodes.push(this.#quantified(atom))
    }
    return { kind: 'sequence', nodes }
  }

  #atom(): Node {
    const character = this.#next()
    if (character === '^' || character === '$') return EMPTY
    if (character === '.') return set(LOWER + DIGIT)
    if (character === '[') return this.#class()
    if (character === '(') return this.#group()
    if (character !== '\\') return set(character)
    const letter = this.#next()
    if (letter === 'b' || letter === 'B') return EMPTY
    return set(this.#escaped(letter))
  }

  #group(): Node {
    let skipped = false
    if (this.#take('?')) {
      const kind = this.#next()
      if (kind === '<' && !'=!'.includes(this.#peek())) {
        while (this.#at < this.#source.length && this.#next() !== '>');
      } else if (kind !== ':') {
        if (kind === '<') this.#next()
        skipped = true
      }
    }
    const node = this.#choice()
    this.#take(')')
    return skipped ? EMPTY : node
  }

  #class(): Node {
    const negated = this.#take('^')
    let characters = ''
    while (this.#at < this.#source.length && this.#peek() !== ']') {
      const from = this.#classMember()
      if (from.length === 1 && this.#peek() === '-' && this.#source[this.#at + 1] !== ']') {
        this.#next()
        characters += range(from, this.#classMember())
      } else characters += from
    }
    this.#take(']')
    if (!negated) return set(characters)
    return set([...PRINTABLE].filter((character) => !characters.includes(character)).join(''))
  }

  #classMember(): string {
    const character = this.#next()
    return character === '\\' ? this.#escaped(this.#next()) : character
  }

  #escaped(character: string): string {
    const without = (characters: string) => [...PRINTABLE].filter((one) => !characters.includes(one)).join('')
    switch (character) {
      case 'd':
        return DIGIT
      case 'w':
        return WORD
      case 's':
        return ' '
      case 'D':
        return LOWER
      case 'W':
        return without(WORD)
      case 'S':
        return LOWER + DIGIT
      case 't':
        return '\t'
      case 'n':
        return '\n'
      case 'r':
        return '\r'
      case 'u':
        return this.#codePoint(4)
      case 'x':
        return this.#codePoint(2)
      case 'p':
      case 'P':
        return this.#property(character === 'P')
      default:
        return character
    }
  }

  #codePoint(length: number): string {
    const braced = /^\{([0-9a-f]+)\}/i.exec(this.#source.slice(this.#at))
    const hex = braced?.[1] ?? this.#source.slice(this.#at, this.#at + length)
    this.#at += braced?.[0].length ?? length
    const code = Number.parseInt(hex, 16)
    return Number.isNaN(code) ? '' : String.fromCodePoint(code)
  }

  #property(negated: boolean): string {
    const name = /^\{([^}]*)\}/.exec(this.#source.slice(this.#at))
    this.#at += name?.[0].length ?? 0
    const upper = /^(Lu|Uppercase)/.test(name?.[1] ?? '')
    const known = /^(N|Nd|Number)/.test(name?.[1] ?? '') ? DIGIT : upper ? UPPER : LOWER
    return negated ? DIGIT : known
  }

  #quantified(node: Node): Node {
    const open = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.#source.slice(this.#at))
    if (open === null) return node
    this.#at += open[0].length
    if (open[1] !== undefined) {
      return { kind: 'repeat', node, min: open[1] === '+' ? 1 : 0, max: open[1] === '?' ? 1 : Number.POSITIVE_INFINITY }
    }
    const min = Number(open[2])
    const max = open[3] === undefined ? min : open[4] === '' ? Number.POSITIVE_INFINITY : Number(open[4])
    return { kind: 'repeat', node, min, max }
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #next(): string {
    return this.#source[this.#at++] ?? ''
  }

  #take(character: string): boolean {
    if (this.#peek() !== character || character === '') return false
    this.#at++
    return true
  }
}

function set(characters: string): Node {
  return { kind: 'set', characters }
}

function range(from: string, to: string): string {
  const first = from.charCodeAt(0)
  // Ranges over whole scripts are wide; a hundred members are choice enough.
  const last = Math.min(to.charCodeAt(0), first + 100)
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => String.fromCharCode(first + i)).join('')
}
