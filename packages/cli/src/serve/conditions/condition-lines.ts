import type { Conditions } from './conditions.ts'

/** What people are told at the start, so that nobody takes an injected fault for one of the service: a line for each. */
export function conditionLines({ origins, latency, faultShare, seed }: Conditions, recordedInto?: string): string[] {
  const lines: string[] = []
  if (origins.length > 0) {
    lines.push(`cors: pages of ${origins.includes('*') ? 'all origins' : origins.join(', ')} may call`)
  }
  if (latency !== undefined) {
    const { fromMs, toMs } = latency
    lines.push(`latency: each request waits ${fromMs === toMs ? fromMs : `${fromMs} to ${toMs}`} ms (--seed ${seed})`)
  }
  if (faultShare > 0) {
    lines.push(`faults are injected into ${Number((faultShare * 100).toFixed(6))}% of the writes (--seed ${seed})`)
  }
  if (recordedInto !== undefined) lines.push(`recording into ${recordedInto}`)
  return lines
}
