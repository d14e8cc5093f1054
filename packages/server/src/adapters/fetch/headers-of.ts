/**
 * The headers of a request as the core takes them: a record, of which each is looked up when it is asked for. To make an
 * object of all, where seven are needed, costs more than the rest of what an adapter does.
 */
export function headersOf(headers: Headers): Readonly<Record<string, string>> {
  // Deno's are gone with the connection, and a creation goes on when its client has hung up.
  const kept = 'Deno' in globalThis ? new Headers(headers) : headers
  return new Proxy(new Lazy(kept), HANDLER) as unknown as Readonly<Record<string, string>>
}

class Lazy {
  readonly #headers: Headers
  #all: Readonly<Record<string, string>> | undefined

  constructor(headers: Headers) {
    this.#headers = headers
  }

  one(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined
  }

  all(): Readonly<Record<string, string>> {
    this.#all ??= Object.fromEntries(this.#headers)
    return this.#all
  }

  /** `console.log` looks behind a proxy for this, and calls it on the proxy. */
  [Symbol.for('nodejs.util.inspect.custom')](): unknown {
    return { ...this }
  }
}

// `Headers` throws for a name that none can have; and it would find `Content-Type`, as no record of headers does.
const NAME = /^[a-z\d!#$%&'*+.^_`|~-]+$/

const refuse = (): boolean => false

const HANDLER: ProxyHandler<Lazy> = {
  get: (lazy, name) => (typeof name === 'string' && NAME.test(name) ? lazy.one(name) : undefined),
  has: (lazy, name) => Object.hasOwn(lazy.all(), name),
  ownKeys: (lazy) => Reflect.ownKeys(lazy.all()),
  getOwnPropertyDescriptor: (lazy, name) => Object.getOwnPropertyDescriptor(lazy.all(), name),
  defineProperty: refuse,
  deleteProperty: refuse,
}
