import { neutralise } from '@createonce/verifier'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return neutralise(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
