/** A text of the configuration as it is used, and what of it is secret. */
export interface Filled {
  readonly text: string
  /** The values that came from the environment, to be masked wherever something is shown. */
  readonly secrets: readonly string[]
  /** The variables that are not set. */
  readonly missing: readonly string[]
}

const REFERENCE = /\$\{(\w+)\}/g

/** Puts the environment's values in the place of each `${NAME}`; what is not set leaves nothing. */
export function fillEnvironment(text: string, environment: NodeJS.ProcessEnv): Filled {
  const names = [...text.matchAll(REFERENCE)].map(([, name]) => name!)
  const values = names.map((name) => environment[name] ?? '')
  return {
    text: text.replaceAll(REFERENCE, (_, name: string) => environment[name] ?? ''),
    secrets: values.filter((value) => value !== ''),
    missing: names.filter((name) => (environment[name] ?? '') === ''),
  }
}
