import type { GuidelineName } from '../../../src/index.ts'
import type { About, Decisions, Reply } from '../styles/decisions.ts'

/** One thing that a service gets wrong. */
export interface Fault {
  readonly name: string
  /** The checks that must find it. */
  readonly finds: readonly string[]
  /** Checks that may fail for the same cause. */
  readonly also: readonly string[]
  /** The names of the styles in which it is tried. */
  readonly styles: readonly string[]
  /** The guidelines by which it is one. @default 'rfc' */
  readonly guidelines?: GuidelineName
  /** A fault may have a memory: every service gets its own. */
  readonly decisions: () => Partial<Decisions>
}

/** A fault: its name, what must find it, the styles in which it is tried, and what it decides. */
export function fault(
  name: string,
  finds: string,
  styles: string,
  decisions: Partial<Decisions> | (() => Partial<Decisions>),
  also = '',
): Fault {
  const words = (text: string) => text.split(' ').filter((word) => word !== '')
  return {
    name,
    finds: words(finds),
    also: words(also),
    styles: styles.split(', '),
    decisions: typeof decisions === 'function' ? decisions : () => decisions,
  }
}

/** Faults by some guidelines alone. */
export function faultsBy(guidelines: GuidelineName, faults: readonly Fault[]): Fault[] {
  return faults.map((one) => ({ ...one, guidelines }))
}

/** Decides only about the answers of a kind. */
export function onAnswer(
  what: string,
  change: (reply: Reply, about: About) => Reply,
): { answer: (reply: Reply, about: About) => Reply } {
  return { answer: (reply, about) => (what.split(' ').includes(about.what) ? change(reply, about) : reply) }
}

/** An answer with another value of a header, or without it. */
export function withHeader(reply: Reply, name: string, ...values: readonly string[]): Reply {
  const others = reply.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase())
  return { ...reply, headers: [...others, ...values.map((value) => [name, value] as const)] }
}
