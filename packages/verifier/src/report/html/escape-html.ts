import { escapeEntities } from '../escape-entities.ts'
import { neutralise } from '../neutralise.ts'

/** Text for HTML, in an element or in a quoted attribute; what turns the direction of writing is made visible. */
export function escapeHtml(text: string): string {
  return escapeEntities(neutralise(text))
}
