const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What has a meaning in HTML and XML, in an element or in a quoted attribute, as a reference to the character. */
export function escapeEntities(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
