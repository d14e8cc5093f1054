import type { Parameter } from '../target/target.ts'

/** A path with every parameter filled in, or the name of one for which nothing is known. */
export type FilledPath =
  | { readonly kind: 'filled'; readonly path: string }
  | { readonly kind: 'unknown'; readonly parameter: string }

/** Fills a path template with known values, then with what the document gives as an example. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string>>,
  parameters: readonly Parameter[],
): FilledPath {
  let missing: string | undefined
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values[name] ?? exampleValue(parameters.find((one) => one.in === 'path' && one.name === name))
    if (value === undefined) missing ??= name
    return encodeURIComponent(value ?? '')
  })
  return missing === undefined ? { kind: 'filled', path } : { kind: 'unknown', parameter: missing }
}

/** A value that the document itself offers for a parameter. */
export function exampleValue(parameter: Parameter | undefined): string | undefined {
  if (parameter === undefined) return undefined
  const { schema } = parameter
  const listed = (key: string) => (Array.isArray(schema[key]) ? (schema[key] as unknown[])[0] : undefined)
  const value =
    parameter.example ??
    schema['example'] ??
    listed('examples') ??
    schema['default'] ??
    schema['const'] ??
    listed('enum')
  return value === undefined || value === null ? undefined : String(value)
}
