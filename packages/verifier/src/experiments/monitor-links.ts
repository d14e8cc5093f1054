import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { isObject, parseJson } from './json-node.ts'
import { sameOrigin } from './location-url.ts'

/** Where an accepted request says its progress can be seen. Only what is at the target may be called. */
export interface MonitorLinks {
  /** In the order in which they are to be tried. */
  readonly here: readonly URL[]
  readonly elsewhere: readonly URL[]
}

// Azure names the monitor by the first two; RFC 7240 and Zalando by Location.
const headerNames = ['operation-location', 'azure-asyncoperation', 'location', 'content-location']
const monitorWords =
  /^(status|state|monitor|monitoring|job|task|operation|poll|polling|progress|track|tracking|check|follow)([_-]?(url|uri|link|href|location|monitor))*$/i
const ownWords = /^(self|href|url|uri|link|location)$/i
// Links of a document are nested like `links.status.href`; deeper ones belong to something else.
const deepest = 3
const mostLinks = 4

/** Finds the status monitors that an answer points to: in its headers, in its body's links, or by the name of an operation. */
export function monitorLinks(answer: Answer, baseUrl: string): MonitorLinks {
  const { url: asked } = answer.request
  const texts = [
    ...headerNames.flatMap((name) => headerValues(answer, name)),
    ...headerValues(answer, 'link').flatMap(linkTargets),
    ...bodyLinks(parseJson(answer.response.body), baseUrl),
  ]
  const urls = texts.filter((text) => URL.canParse(text, asked)).map((text) => new URL(text, asked))
  // What leads back to the collection shows no progress.
  const others = urls.filter((url) => /^https?:$/.test(url.protocol) && url.href !== new URL(asked).href)
  const unique = others.filter((url, at) => others.findIndex(({ href }) => href === url.href) === at)
  const isHere = (url: URL) => sameOrigin(url, new URL(baseUrl))
  return { here: unique.filter(isHere).slice(0, mostLinks), elsewhere: unique.filter((url) => !isHere(url)) }
}

/** The targets of a Link header (RFC 8288) whose relation is about progress. */
function linkTargets(line: string): string[] {
  return [...line.matchAll(/<([^>]*)>([^<]*)/g)].flatMap(([, target = '', parameters = '']) => {
    const relation = /;\s*rel="?([^";]+)"?/i.exec(parameters)?.[1]?.trim() ?? ''
    return monitorWords.test(relation) || ownWords.test(relation) ? [target] : []
  })
}

function bodyLinks(json: unknown, baseUrl: string): string[] {
  const [named, own]: [string[], string[]] = [[], []]
  const visit = (node: unknown, word: string, depth: number): void => {
    if (typeof node === 'string') {
      const list = monitorWords.test(word) ? named : ownWords.test(word) ? own : undefined
      if (list !== undefined && isLink(node)) list.push(node)
      return
    }
    if (!isObject(node) || depth > deepest) return
    for (const [name, value] of Object.entries(node)) {
      // `{ status: { href } }` and `{ monitor: { url } }` are named by what holds them.
      visit(value, ownWords.test(name) && monitorWords.test(word) ? word : name, depth + 1)
    }
  }
  visit(json, '', 0)
  return [...named, ...own, ...operationName(json, baseUrl)]
}

/** AIP-151 names an operation as `operations/123`, below the root of the service. */
function operationName(json: unknown, baseUrl: string): string[] {
  const name = isObject(json) ? json['name'] : undefined
  return typeof name === 'string' && /^([\w.~-]+\/)*operations\/[\w.~-]+$/.test(name) ? [`${baseUrl}/${name}`] : []
}

function isLink(text: string): boolean {
  return /^(https?:\/\/|\.{0,2}\/)\S+$/.test(text)
}
