import { type HeaderLine, type Target, targetFromExample } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import type { Example } from './example.ts'

/** The target that an example request shows, and the header lines of the example that every request is sent with. */
export interface ExampleTarget {
  readonly target: Target
  readonly headers: readonly HeaderLine[]
  /** What of the example is not taken over, a sentence each. */
  readonly notes: readonly string[]
}

const KEY = /idempotency-?key|^repeatability-request-id$/i

/** Understands an example request. Throws a `TargetError` where it shows no creation. */
export function toTarget({ method, url, headers, body }: Example, flags: VerifyFlags): ExampleTarget {
  const mediaType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  if (mediaType !== undefined && !/[/+]json\s*(;|$)/i.test(mediaType)) {
    throw new UsageError(`The example sends ${mediaType}; the verifier creates from JSON.`)
  }
  const { unique, required, duplicates, idempotency } = flags
  const key = headers.find(([name]) => KEY.test(name))?.[0]
  const target = targetFromExample(
    { method, url, body, ...(mediaType !== undefined && { mediaType }), ...(key !== undefined && { keyHeader: key }) },
    {
      ...(unique && { unique }),
      ...(required && { required }),
      ...(duplicates && { duplicates }),
      ...(idempotency && { idempotency }),
    },
  )
  return {
    target,
    headers: headers.filter(([name]) => !KEY.test(name) && !/^content-(type|length)$/i.test(name)),
    // One key for all requests would make replays of them.
    notes:
      key !== undefined && idempotency === undefined
        ? [`${key} of the example is not sent; where the API takes keys, say --idempotency optional or required.`]
        : [],
  }
}
