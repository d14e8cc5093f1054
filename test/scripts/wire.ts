/** How a database is spoken, as `scripts/crash/wire/` has it. */
export interface Wire {
  readonly marks: readonly string[]
  requests(): (chunk: Buffer) => { readonly bytes: Buffer; readonly asks: number; readonly mark: string | undefined }[]
  answers(): (chunk: Buffer) => { readonly bytes: Buffer; readonly ends: boolean }[]
}
