import type { ChosenProfile } from '../config/choose-profile.ts'

/** What must not be shown: all that came from the environment, and the passwords in it, which drivers name alone. */
export function secretsOf({ secrets }: ChosenProfile): readonly string[] {
  const passwords = secrets.flatMap((secret) => {
    const [, password] = /^[a-z][a-z\d+.-]*:\/\/[^/?#@]*?:([^/?#]+)@/i.exec(secret) ?? []
    return password === undefined ? [] : [password, decoded(password)]
  })
  return [...new Set([...secrets, ...passwords])]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
