import { neutralise } from '../neutralise.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML, in an element or in a quoted attribute; what turns the direction of writing is made visible. */
export function escapeHtml(text: string): string {
  return neutralise(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
