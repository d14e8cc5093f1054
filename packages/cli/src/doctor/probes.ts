import type { Probe } from './probe.ts'
import { apiReachable } from './probes/api-reachable.ts'
import { apiReady } from './probes/api-ready.ts'
import { clockSkew } from './probes/clock-skew.ts'
import { configurationEnvironment } from './probes/configuration-environment.ts'
import { credentialsAccepted } from './probes/credentials-accepted.ts'
import { dnsResolves } from './probes/dns-resolves.ts'
import { documentCreations } from './probes/document-creations.ts'
import { documentFound } from './probes/document-found.ts'
import { documentValid } from './probes/document-valid.ts'
import { environmentVariable } from './probes/environment-variable.ts'
import { fileExecutable } from './probes/file-executable.ts'
import { filePrivate } from './probes/file-private.ts'
import { fileReadable } from './probes/file-readable.ts'
import { fileWritable } from './probes/file-writable.ts'
import { nodeVersion } from './probes/node-version.ts'
import { portFree } from './probes/port-free.ts'
import { publicBaseUrlLocation } from './probes/public-base-url-location.ts'
import { publicBaseUrlReached } from './probes/public-base-url-reached.ts'
import { tcpConnects } from './probes/tcp-connects.ts'
import { tlsExpiry } from './probes/tls-expiry.ts'
import { tlsName } from './probes/tls-name.ts'
import { tlsTrusted } from './probes/tls-trusted.ts'
import { storeProbes } from './store-probes.ts'

/** All probes, in the order in which they are told: what others rest on comes first. */
export const probes: readonly Probe[] = [
  nodeVersion,
  configurationEnvironment,
  environmentVariable,
  fileReadable,
  fileWritable,
  fileExecutable,
  filePrivate,
  portFree,
  dnsResolves,
  tcpConnects,
  tlsName,
  tlsExpiry,
  tlsTrusted,
  apiReachable,
  apiReady,
  documentFound,
  documentValid,
  documentCreations,
  publicBaseUrlReached,
  publicBaseUrlLocation,
  credentialsAccepted,
  clockSkew,
  ...storeProbes,
]
