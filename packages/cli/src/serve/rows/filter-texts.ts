import { keptText } from './kept-text.ts'
import type { ListQuery } from './rows.ts'

// RFC 8259 §6
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** A filter as databases compare it: a text is equal to `text`, a number to `number`, and `true`, `false` and `null` to `text`. */
export interface FilterTexts {
  readonly member: string
  readonly text: string
  /** The number that the text of the URL may mean, as JSON writes it; nothing where it means none. */
  readonly number: string | null
}

/** A filter of a list, with what it may mean. */
export function filterTexts({ member, value }: ListQuery['filters'][number]): FilterTexts {
  const number = NUMBER.test(value) ? Number(value) : Number.NaN
  return {
    member: keptText(member),
    text: keptText(value),
    number: Number.isFinite(number) ? JSON.stringify(number) : null,
  }
}
