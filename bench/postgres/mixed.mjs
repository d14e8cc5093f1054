const headers = { 'Idempotency-Key': '{id}' }

// So many requests in a row race for the same natural key, a tenth of them being racers: as many as 64 connections have
// racers in ten turns. The first racers meet; the later ones find the key taken.
const SPAN = 640

/**
 * Of ten requests, eight are good: their parent exists and their natural key is free. One refers to a parent that does
 * not exist, and one wants a natural key that others want too.
 */
export const mixed = [
  { share: 8, headers, body: '{"item":"tea, green, 100 g","quantity":2,"shop":"here","code":"{id}"}' },
  { share: 1, headers, body: '{"item":"tea, green, 100 g","quantity":2,"shop":"nowhere","code":"{id}"}' },
  {
    share: 1,
    headers,
    span: SPAN,
    body: '{"item":"tea, green, 100 g","quantity":2,"shop":"here","code":"{span}"}',
  },
]
