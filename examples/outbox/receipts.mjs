// The effect outside the database: a receipt by mail. What it is called, how it is asked for, how it is done.

/** The name of the task in the queue. */
export const SEND_RECEIPT = 'send-receipt'

// 12 attempts of graphile-worker are spread over 16 hours; a worker that dies adds 4 hours at most. Many services forget an
// idempotency key after 24 hours, and whoever asks again after that gets a second mail.
const MAX_ATTEMPTS = 12

/**
 * Asks for the receipt of an order in the transaction of the order: both are kept, or none. The queue gets only the
 * order's id, so that no address of a customer stays in it.
 */
export async function enqueueReceipt(tx, orderId) {
  await tx.query('select graphile_worker.add_job($1, $2, max_attempts => $3)', [
    SEND_RECEIPT,
    JSON.stringify({ orderId }),
    MAX_ATTEMPTS,
  ])
}

/**
 * The task that sends it, at the mail service with this URL. A job may run more than once: the key, the same for every
 * run and for every job about this order, makes the mail service send one mail.
 */
export function sendReceipt(mailUrl) {
  return async ({ orderId }, { query, abortSignal }) => {
    const { rows } = await query('select item, quantity, email from orders where id = $1', [orderId])
    const [order] = rows
    // Deleted meanwhile: nobody waits for its receipt.
    if (order === undefined) return
    const response = await fetch(mailUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `receipt-${orderId}` },
      body: JSON.stringify({ to: order.email, text: `Your order: ${order.quantity} × ${order.item}.` }),
      signal: AbortSignal.any([AbortSignal.timeout(10_000), ...(abortSignal ? [abortSignal] : [])]),
    })
    // Thrown, so that graphile-worker notes it in last_error and tries again later.
    if (!response.ok) throw new Error(`The mail service answered ${response.status}.`)
  }
}
