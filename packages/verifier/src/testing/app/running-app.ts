/** An app that answers. */
export interface RunningApp {
  /** Without a trailing slash; with a path where the app was given as a URL that has one. */
  readonly baseUrl: string
  /** Ends what was started here, and nothing else. */
  close(): Promise<void>
}
