import { neutralise } from '@createonce/verifier'
import { escapeHtml as escapeSigns } from '../../escape-html.ts'

/** Text for HTML, in an element or in a quoted attribute; signs that turn or hide what is read are written out. */
export function escapeHtml(text: string): string {
  return escapeSigns(neutralise(text))
}
