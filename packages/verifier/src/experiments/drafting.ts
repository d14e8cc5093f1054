import type { HeaderLine } from '../exchange/exchange.ts'
import { encodeContent } from '../http/encode-content.ts'
import type { OutgoingRequest } from '../http/outgoing-request.ts'
import type { Attempt } from './attempt.ts'
import type { Draft, Recipe } from './lab.ts'
import type { LabOptions } from './lab-options.ts'
import type { Stranger } from './principals.ts'
import { keyHeaderName, requiredHeaders } from './required-parameters.ts'

/** A create as it is sent, with the key and the name in it, where there are such. */
export interface Drafted extends Pick<Attempt, 'key' | 'name'> {
  readonly request: OutgoingRequest
}

/** From what an experiment asks for to the request that this target takes. */
export interface Drafting {
  toRequest(draft: Draft): Drafted
  /** Where a create is sent: for a PUT to a name. */
  placeOf(draft: Draft): { readonly url: string; readonly name?: string }
  /** Who sends it; throws where there is no such stranger. */
  principalOf(as: Stranger | undefined): Pick<OutgoingRequest, 'principal'>
}

/** Makes the drafting of one lab; its recipe changes as more is found out about the target. */
export function createDrafting(options: LabOptions, recipeNow: () => Recipe): Drafting {
  const { bodies } = options
  const { creation } = options.operation

  const keyOf = ({ key = 'auto', keyLines }: Draft): string | undefined => {
    if (key === 'none' || keyLines !== undefined) return undefined
    if (key !== 'auto') return key
    return recipeNow().needsKey ? bodies.key() : undefined
  }
  const placeOf: Drafting['placeOf'] = (draft) => {
    const { urlOfName } = options
    if (draft.url !== undefined || urlOfName === undefined) return { url: draft.url ?? recipeNow().url }
    const name = draft.name ?? bodies.nameIn(draft.body) ?? bodies.name()
    return { url: urlOfName(name), name }
  }
  const principalOf: Drafting['principalOf'] = (as) => {
    if (as === undefined) return {}
    const principal = options.principals[as]
    if (principal === undefined) throw new Error(`there is no ${as} principal`)
    return { principal }
  }
  const toRequest = (draft: Draft): Drafted => {
    const recipe = recipeNow()
    const key = keyOf(draft)
    const lines = draft.keyLines ?? (key === undefined ? [] : [recipe.keyStyle === 'quoted' ? `"${key}"` : key])
    const { content, type } = encodeContent(
      draft.body,
      creation.body?.mediaType ?? 'application/json',
      creation.body?.deep,
    )
    const headers: HeaderLine[] = [
      ...(draft.mediaType === 'none' ? [] : [['Content-Type', draft.mediaType ?? type] as const]),
      ...requiredHeaders(creation).filter(([name]) => draft.bare !== true || !/^if-none-match$/i.test(name)),
      ...(draft.bare === true ? [] : (recipe.headers ?? [])),
      ...lines.map((line): HeaderLine => [keyHeaderName(creation), line]),
      ...(draft.headers ?? []),
    ]
    const body = draft.raw ?? content
    const { url, name } = placeOf(draft)
    const request = { method: creation.method, url, headers, body, ...principalOf(draft.as) }
    return { request, ...(key === undefined ? {} : { key }), ...(name === undefined ? {} : { name }) }
  }
  return { toRequest, placeOf, principalOf }
}
