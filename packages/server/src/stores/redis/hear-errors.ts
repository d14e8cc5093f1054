const heard = new WeakSet<object>()

/** Listens to the errors of a client, once, and does nothing: what matters reaches whoever asked something. */
export function hearErrors(client: { on(event: 'error', listener: () => void): unknown }): void {
  if (heard.has(client)) return
  heard.add(client)
  client.on('error', () => {})
}
