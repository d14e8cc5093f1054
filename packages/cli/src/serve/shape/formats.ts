const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?/
const ZONE = /(z|[+-]\d\d(:?\d\d)?)$/i

/** How texts of a format look; only formats that a text could break. The validator of inputs is stricter for some. */
export const FORMATS: { readonly [format: string]: (text: string) => boolean } = {
  uuid: (text) => UUID.test(text),
  date: isDate,
  'date-time': (text) =>
    isDate(text.slice(0, 10)) && /[t\s]/i.test(text[10] ?? '') && CLOCK.test(text.slice(11)) && ZONE.test(text),
  time: (text) => CLOCK.test(text) && ZONE.test(text),
  email: (text) => /^[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text),
  uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text),
  url: (text) => /^(https?|ftp):\/\/[^\s]+$/i.test(text),
  ipv4: (text) => /^(\d{1,3}\.){3}\d{1,3}$/.test(text),
  ipv6: (text) => /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text),
  hostname: (text) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text),
  byte: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0,
  duration: (text) => /^P(?!$)(\d+[YMWD])*(T(\d+[HMS])+)?$/.test(text),
}

/** The smallest text of a format at a moment. */
export const SMALLEST: { readonly [format: string]: (now: Date) => string } = {
  uuid: () => '00000000-0000-4000-8000-000000000000',
  date: (now) => now.toISOString().slice(0, 10),
  'date-time': (now) => now.toISOString(),
  time: (now) => now.toISOString().slice(11),
  email: () => 'nobody@example.com',
  'idn-email': () => 'nobody@example.com',
  uri: () => 'https://example.com/',
  url: () => 'https://example.com/',
  iri: () => 'https://example.com/',
  'uri-reference': () => '/',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  hostname: () => 'example.com',
  byte: () => '',
  duration: () => 'PT0S',
  'json-pointer': () => '',
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
