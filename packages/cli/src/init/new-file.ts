/** A file that `createonce init` would write. */
export interface NewFile {
  /** Relative to the folder of the project. */
  readonly path: string
  readonly text: string
  /** What it is, in a few words. */
  readonly what: string
}
