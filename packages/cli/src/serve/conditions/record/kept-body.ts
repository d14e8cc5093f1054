/** A body as far as it is kept. */
export interface KeptBody {
  readonly bytes: number
  /** Undefined where it is too large to be kept. */
  readonly content: Buffer | undefined
}

// Enough for any creation that a person looks at; a recording of uploads would be as large as they are.
const MOST_BYTES = 65_536

/** Collects what goes by; of a body over 64 KiB only its size is kept, since a half of a document can be judged by nobody. */
export class BodyKeeper {
  #bytes = 0
  #chunks: Buffer[] = []

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    // A copy: the parser of Node may use its memory again.
    if (this.#bytes <= MOST_BYTES) this.#chunks.push(Buffer.from(chunk))
    else this.#chunks = []
  }

  get body(): KeptBody {
    return { bytes: this.#bytes, content: this.#bytes <= MOST_BYTES ? Buffer.concat(this.#chunks) : undefined }
  }
}
