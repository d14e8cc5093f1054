import type { Target } from '../target/target.ts'
import type { Recording } from './recording.ts'
import { busiestOrigin } from './target-from-recording.ts'

/** The target where it was recorded: a document may name another server than the one that was called. */
export function onRecordedOrigin(target: Target, recording: Recording): Target {
  const base = new URL(target.baseUrl)
  const isCalled = recording.exchanges.some(({ request }) => new URL(request.url).origin === base.origin)
  const origin = isCalled ? undefined : busiestOrigin(recording)
  if (origin === undefined) return target
  const there = (url: string) => origin + new URL(url).pathname.replace(/\/$/, '')
  const moved = <T extends { readonly baseUrl?: string } | undefined>(place: T): T =>
    place?.baseUrl === undefined ? place : { ...place, baseUrl: there(place.baseUrl) }
  const creations = target.creations.map((creation) => {
    const { read, list, remove } = creation
    return {
      ...moved(creation),
      ...(read !== undefined && { read: moved(read) }),
      ...(list !== undefined && { list: moved(list) }),
      ...(remove !== undefined && { remove: moved(remove) }),
    }
  })
  return { ...target, baseUrl: there(target.baseUrl), creations }
}
