import { type ChoiceFlaw, flawsOf } from '../choice-flaw.ts'
import { type PageChoices, sound } from './pages.ts'

const flaw = flawsOf<PageChoices>()

const cors = ['Access-Control-Allow-Origin: *']
const forwarded =
  (name: string) =>
  (slug: string, { headers, host }: Parameters<PageChoices['location']>[1]) =>
    `http://${String(headers[name] ?? host)}${sound.location(slug, { headers, host })}`
// The low byte of each character: what a server does that writes text as Latin-1 without looking.
const truncated = (text: string) => [...text].map((one) => String.fromCharCode(one.charCodeAt(0) & 0xff)).join('')

/** Every flaw of a Location that is made of what the client says, and of what stands beside it. */
export const pageFlaws: readonly ChoiceFlaw<PageChoices>[] = [
  flaw('lets every page create and none read Location', 'cors-exposes-location', 'warning', { headers: () => cors }),
  flaw('exposes by a star that credentials turn off', 'cors-exposes-location', 'warning', {
    headers: () => [
      'Access-Control-Allow-Origin: https://createonce.example',
      'Access-Control-Allow-Credentials: true',
      'Access-Control-Expose-Headers: *',
    ],
  }),
  flaw('exposes Location and hides ETag', 'cors-exposes-location', 'note', {
    headers: () => [...cors, 'Access-Control-Expose-Headers: Location', 'ETag: "1"'],
  }),
  flaw('builds Location of the Host', 'location-host-injection', 'error', {
    location: (slug, sent) => `http://${sent.host}${sound.location(slug, sent)}`,
  }),
  flaw('builds links of the Host', 'location-host-injection', 'error', {
    body: (page, { host }) => ({ ...page, self: `http://${host}/pages/${encodeURIComponent(page.slug)}` }),
  }),
  // From this machine it may be the proxy that is trusted.
  flaw('believes X-Forwarded-Host', 'location-host-injection', 'note', {
    location: (slug, sent) => forwarded('x-forwarded-host')(slug, { ...sent, host: '127.0.0.1' }),
  }),
  flaw('puts names into Location as they are', 'location-path-encoding', 'error', {
    location: (slug) => `/pages/${slug.replace(/[^\x20-\x7e]/gu, encodeURIComponent)}`,
  }),
  flaw('leaves slashes in names', 'location-path-encoding', 'error', {
    location: (slug) => `/pages/${slug.split('/').map(encodeURIComponent).join('/')}`,
  }),
  flaw('takes dots for a name', 'location-path-encoding', 'error', { refuses: () => false }),
  flaw('puts names at the root', 'location-path-encoding', 'error', {
    location: (slug) => (slug.startsWith('/') ? slug : sound.location(slug, { host: '', headers: {} })),
  }),
  flaw('splits headers at line breaks', 'location-no-crlf', 'error', {
    location: (slug) => `/pages/${slug.replace(/[^\x20-\x7e\r\n]/gu, encodeURIComponent)}`,
  }),
  flaw('writes headers cut to bytes', 'location-no-crlf', 'error', {
    location: (slug) => `/pages/${truncated(slug.replace(/[\r\n\0]/g, ''))}`,
  }),
  flaw('fails after the creation at what is not Latin-1', 'location-no-crlf', 'error', {
    location: (slug) => `/pages/${slug}`,
    failsLate: () => true,
  }),
  flaw('forgets keys before the time', 'idem-window-honoured', 'error', { remembersMs: () => 3000 }),
]
