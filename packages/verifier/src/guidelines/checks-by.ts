import type { Check } from '../checks/check.ts'
import { type GuidelineName, guidelines } from './guidelines.ts'

/** The checks that a run by these guidelines makes: those of the standards, but for what is replaced, and its own. */
export function checksBy(name: GuidelineName, all: readonly Check[]): readonly Check[] {
  const { replaces } = guidelines[name]
  return all.filter((check) =>
    check.guidelines === undefined ? !Object.hasOwn(replaces, check.id) : check.guidelines.includes(name),
  )
}
