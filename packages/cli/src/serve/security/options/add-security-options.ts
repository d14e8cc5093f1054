import type { Command } from 'commander'

/** What the options of security say, unread. */
export interface SecurityOptions {
  readonly token?: readonly string[]
  readonly jwks?: string
  readonly jwtIssuer?: string
  readonly jwtAudience?: string
  readonly principalHeader?: string
}

/**
 * Adds the options that say who may call. They are read by `readCredentials` and not here: the parser of the command line
 * shows in its messages what was given, and that may be a secret.
 */
export function addSecurityOptions(command: Command): Command {
  const collect = (text: string, before: readonly string[] = []) => [...before, text]
  return command
    .option('--token <name=token>', 'a token, and who it stands for; or @FILE of them; repeatable', collect)
    .option('--jwks <file>', 'accept the JSON Web Tokens that a key of this JSON Web Key Set has signed')
    .option('--jwt-issuer <iss>', 'only those of this issuer')
    .option('--jwt-audience <aud>', 'only those for this audience')
    .option('--principal-header <name>', 'behind a gateway that authenticates: the header that names the principal')
}
