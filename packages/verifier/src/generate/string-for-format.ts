import { DIGITS, type Fresh, LETTERS } from './fresh.ts'

const DAY_MS = 86_400_000

/** A fresh value for a format of JSON Schema or OpenAPI; undefined for formats that say nothing (`password`, unknown). */
export function stringForFormat(format: string, fresh: Fresh, past = false): string | undefined {
  const make = MAKERS[format.toLowerCase()]
  return make?.(fresh, past)
}

const MAKERS: Readonly<Record<string, (fresh: Fresh, past: boolean) => string>> = {
  email: emailOf,
  'idn-email': emailOf,
  uuid: (fresh) => fresh.uuid(),
  guid: (fresh) => fresh.uuid(),
  date: (fresh, past) => momentOf(fresh, past).toISOString().slice(0, 10),
  'full-date': (fresh, past) => momentOf(fresh, past).toISOString().slice(0, 10),
  'date-time': (fresh, past) => `${momentOf(fresh, past).toISOString().slice(0, 19)}Z`,
  datetime: (fresh, past) => `${momentOf(fresh, past).toISOString().slice(0, 19)}Z`,
  'iso-date-time': (fresh, past) => `${momentOf(fresh, past).toISOString().slice(0, 19)}Z`,
  time: (fresh) => `${clockOf(fresh)}Z`,
  'iso-time': clockOf,
  'partial-time': clockOf,
  duration: (fresh) => `PT${fresh.integer(1, 86_399)}S`,
  uri: urlOf,
  url: urlOf,
  iri: urlOf,
  'uri-reference': (fresh) => `/${fresh.text()}`,
  'iri-reference': (fresh) => `/${fresh.text()}`,
  'uri-template': (fresh) => `https://example.com/${fresh.token(10)}/{id}`,
  hostname: hostOf,
  'idn-hostname': hostOf,
  // Addresses for documentation (RFC 5737, RFC 3849) reach nobody.
  ipv4: (fresh) => `203.0.113.${fresh.integer(1, 254)}`,
  ip: (fresh) => `203.0.113.${fresh.integer(1, 254)}`,
  ipv6: (fresh) => `2001:db8::${fresh.integer(1, 0xffff).toString(16)}:${fresh.integer(1, 0xffff).toString(16)}`,
  'json-pointer': (fresh) => `/${fresh.token(8)}`,
  'relative-json-pointer': (fresh) => `0/${fresh.token(8)}`,
  regex: (fresh) => `^${fresh.token(8)}$`,
  byte: base64Of,
  base64: base64Of,
  phone: phoneOf,
  'phone-number': phoneOf,
  color: (fresh) => `#${fresh.token(6, '0123456789abcdef')}`,
  int32: (fresh) => String(fresh.integer(1, 2_000_000_000)),
  int64: (fresh) => String(fresh.integer(1, 2_000_000_000)),
  decimal: (fresh) => `${fresh.integer(1, 900)}.50`,
}

function emailOf(fresh: Fresh): string {
  return `createonce.${fresh.token(8)}@example.com`
}

function urlOf(fresh: Fresh): string {
  return `https://example.com/${fresh.text()}`
}

function hostOf(fresh: Fresh): string {
  return `${LETTERS[Math.floor(fresh.random() * 26)]}${fresh.token(9)}.example.com`
}

function clockOf(fresh: Fresh): string {
  const second = fresh.integer(0, 86_399)
  return new Date(second * 1000).toISOString().slice(11, 19)
}

function base64Of(fresh: Fresh): string {
  return Buffer.from(fresh.text()).toString('base64')
}

/** A number of the range that is kept for fiction (555-01xx) would be too few; 555 with seven digits is unassigned. */
export function phoneOf(fresh: Fresh): string {
  return `+1555${fresh.token(7, DIGITS)}`
}

/** Dates to come lie within the next ten years; dates gone by lie between 50 and 20 years back, so that people are of age. */
function momentOf(fresh: Fresh, past: boolean): Date {
  const second = fresh.integer(0, 86_399)
  const day = past ? -fresh.integer(20 * 365, 50 * 365) : fresh.integer(1, 3650)
  return new Date(fresh.now.getTime() + day * DAY_MS + second * 1000)
}
