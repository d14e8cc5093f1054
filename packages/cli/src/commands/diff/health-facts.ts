import type { HeaderLine } from '@createonce/verifier'
import type { Fact } from './fact.ts'

// More than any health page has.
const LONGEST_BODY = 65_536

/** What the health page of an environment answers, and which version it says. */
export async function healthFacts(
  baseUrl: string,
  ready: string,
  headers: readonly HeaderLine[],
  timeoutMs: number,
): Promise<Fact[]> {
  const subject = `health ${ready}`
  try {
    const answer = await fetch(baseUrl.replace(/\/+$/, '') + ready, {
      headers: headers.map(([name, value]) => [name, value] as [string, string]),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const version = versionIn((await answer.text()).slice(0, LONGEST_BODY))
    return [
      { subject, name: 'status', value: String(answer.status) },
      ...(version === undefined ? [] : [{ subject, name: 'version', value: version }]),
    ]
  } catch {
    return [{ subject, name: 'status', value: 'no answer' }]
  }
}

function versionIn(body: string): string | undefined {
  try {
    const value = JSON.parse(body) as Record<string, unknown> | null
    const found = value?.['version'] ?? value?.['release'] ?? value?.['releaseId']
    return typeof found === 'string' ? found : undefined
  } catch {
    return undefined
  }
}
