/**
 * The code of an error that Redis itself answered, such as `OOM`; nothing for what went wrong on the way, after which
 * it is unknown whether the command was executed. The clients have classes of their own for both, and the same text.
 */
export function replyCode(error: unknown): string | undefined {
  return error instanceof Error ? /^([A-Z][A-Z0-9]+) /.exec(error.message)?.[1] : undefined
}
