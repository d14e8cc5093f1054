/** How much one server takes, and for how long it waits for a client. */
export interface Limits {
  /** Bytes of one body. */
  readonly maxBodyBytes: number
  /** Connections that are served. */
  readonly maxConnections: number
  /** Requests that are being answered. */
  readonly maxInFlight: number
  /** Bytes of all header lines of one request. */
  readonly maxHeaderBytes: number
  /** Requests after which a connection is closed. */
  readonly maxRequestsPerSocket: number
  /** From the connection, or the first byte, to the end of the header lines. */
  readonly headersTimeoutMs: number
  /** From the first byte to the last one of the body. */
  readonly requestTimeoutMs: number
  /** How long a connection may stay without a request. */
  readonly keepAliveTimeoutMs: number
  /** How long a client may take to fetch an answer. */
  readonly answerTimeoutMs: number
  /** How often the two first ones are looked at. */
  readonly checkEveryMs: number
  /** How long a stop waits for requests that are running. */
  readonly stopWithinMs: number
}

/** What holds where nothing else is said. */
export const defaultLimits: Limits = {
  // What a creation takes by itself, and more than forms and documents of JSON need.
  maxBodyBytes: 1_048_576,
  // Below the file descriptors that a process has by default on Linux (1 024), of which databases need some.
  maxConnections: 1_000,
  // One for each connection; what pipelines more is told to wait.
  maxInFlight: 1_000,
  // Node's own; large enough for cookies and tokens of identity providers.
  maxHeaderBytes: 16_384,
  // A connection does not stay with one process for ever when others are started beside it.
  maxRequestsPerSocket: 10_000,
  // Header lines come in one packet, or in two; whoever needs longer drips.
  headersTimeoutMs: 10_000,
  // The largest body at 35 kB/s, which is a poor mobile connection.
  requestTimeoutMs: 30_000,
  // Longer than the 60 s of common load balancers, which otherwise send a request into a connection that is closing.
  keepAliveTimeoutMs: 65_000,
  // As for a request that comes: longer than a poor connection needs for a page of a list.
  answerTimeoutMs: 60_000,
  // Close to the limits, and nothing to notice for a thousand connections.
  checkEveryMs: 1_000,
  // What orchestrators give a process between SIGTERM and SIGKILL by default, less some time to close the database.
  stopWithinMs: 25_000,
}
