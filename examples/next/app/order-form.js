'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

/** Creates an order. Until something is changed, every click is the same request: a retry, with the same key. */
export function OrderForm() {
  const router = useRouter()
  const [key, setKey] = useState()
  const [answers, setAnswers] = useState([])

  async function submit(event) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const sent = key ?? newKey()
    setKey(sent)
    const response = await fetch('/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': sent },
      body: JSON.stringify({ item: form.get('item'), quantity: Number(form.get('quantity')) }),
    })
    const replayed = response.headers.get('Idempotent-Replayed') === 'true'
    const answer = { status: response.status, location: response.headers.get('Location'), replayed }
    setAnswers((before) => [...before, answer])
    router.refresh()
  }

  return (
    <>
      <form onSubmit={submit} onChange={() => setKey(undefined)}>
        <label>
          Item <input name="item" defaultValue="tea" required maxLength={100} />
        </label>{' '}
        <label>
          Quantity <input name="quantity" type="number" defaultValue={2} min={1} max={1000} required />
        </label>{' '}
        <button type="submit">{key ? 'Send the same again' : 'Order'}</button>
      </form>
      <ol aria-live="polite">
        {answers.map(({ status, location, replayed }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: answers are only ever added.
          <li key={index}>
            {status} {location && <a href={location}>{location}</a>} {replayed && '(the recorded answer: a replay)'}
          </li>
        ))}
      </ol>
    </>
  )
}

/** `crypto.randomUUID` is there on https and localhost only. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
