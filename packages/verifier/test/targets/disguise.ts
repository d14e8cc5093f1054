/** What an API calls its things: its own words, and others for them. */
export type Disguise = readonly (readonly [own: string, other: string])[]

/** A text in other words, as it goes out. Paths are told from members by their slashes and quotes, which the pairs have. */
export function disguised(text: string, disguise: Disguise): string {
  return disguise.reduce((written, [own, other]) => written.replaceAll(own, other), text)
}

/** A text that comes in, in the API's own words. */
export function undisguised(text: string, disguise: Disguise): string {
  return disguise.reduce((read, [own, other]) => read.replaceAll(other, own), text)
}
