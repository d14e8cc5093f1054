/** A store that runs the work and remembers nothing: what is left is the way of a request alone. */
export const noStore = {
  name: 'none',
  async once(_claim, work) {
    const { result } = await work({ tx: undefined, attempt: async (step) => ({ kind: 'done', value: await step() }) })
    return { kind: 'executed', result }
  },
  purge: async () => 0,
  close: async () => {},
}
