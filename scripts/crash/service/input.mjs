/** The schema of `{ "item": "…" }`, by hand: a server that is started two hundred times loads as little as it can. */
export const input = {
  '~standard': {
    version: 1,
    vendor: 'crash',
    validate: (value) =>
      typeof value === 'object' && value !== null && typeof value.item === 'string'
        ? { value: { item: value.item } }
        : { issues: [{ message: 'is a text', path: ['item'] }] },
  },
}
