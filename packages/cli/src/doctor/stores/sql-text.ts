/** A text as a literal of PostgreSQL, whatever `standard_conforming_strings` says. */
export function sqlText(text: string): string {
  return `E'${text.replace(/['\\]/g, (character) => (character === "'" ? "''" : '\\\\'))}'`
}
