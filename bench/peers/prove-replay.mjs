import { randomUUID } from 'node:crypto'

/** Fails unless a side answers the second request with one key by what the first one created: it must do what is compared. */
export async function proveReplay({ side, port }) {
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: '{"item":"tea","quantity":1}',
  }
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/orders`, init)
    return { status: response.status, id: (await response.json()).id }
  }
  const first = await ask()
  const second = await ask()
  if (first.status === 201 && second.status === 201 && first.id !== undefined && first.id === second.id) return
  throw new Error(
    `${side} does not replay: the first request got ${JSON.stringify(first)}, the second one ${JSON.stringify(second)}.`,
  )
}
