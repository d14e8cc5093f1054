/**
 * Text of the target's without anything that acts on a terminal: control characters (also C1, which some terminals
 * obey) and the signs that turn the direction of writing are shown as escapes. So is `##[`, with which a line of output
 * commands GitHub's runner wherever it stands.
 */
export function neutralise(text: string): string {
  return text.replaceAll('##[', '#\\x23[').replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
