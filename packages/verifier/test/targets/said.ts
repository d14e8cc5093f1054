/** An answer that a document says everything about: content of any shape, and where it leads. */
export function said(description: string): object {
  return {
    description,
    headers: { Location: { schema: { type: 'string' } } },
    content: { 'application/json': { schema: {} } },
  }
}

/** Every refusal there is, in whatever format. */
export const refusals = { '4XX': { description: 'refused' } }
