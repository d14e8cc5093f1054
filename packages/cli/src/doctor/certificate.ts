import { isIP } from 'node:net'
import { connect, type PeerCertificate } from 'node:tls'
import { errorText } from './error-text.ts'
import type { Surroundings } from './probe.ts'
import { type Server, toSubject } from './servers.ts'
import { shared } from './shared.ts'

/** What a server shows of itself when TLS is spoken to it. */
export type Shown =
  | { readonly kind: 'certificate'; readonly certificate: PeerCertificate; readonly distrust: string | undefined }
  | { readonly kind: 'no-tls'; readonly why: string }
  /** It could not be looked at; tcp-connects and dns-resolves say more. */
  | { readonly kind: 'unseen'; readonly why: string }

/** Speaks TLS to a server and looks at its certificate, whatever is wrong with it; each server once. */
export function certificateOf(surroundings: Surroundings, server: Server): Promise<Shown> {
  return shared(surroundings, `TLS ${toSubject(server)}`, () => look(server, surroundings.timeoutMs))
}

// What OpenSSL says when the other side answers with something else.
const NO_TLS = /wrong version number|packet length too long|unknown protocol|record layer failure|http request/i

function look({ host, port }: Server, timeoutMs: number): Promise<Shown> {
  return new Promise((resolve) => {
    // The name of a server is sent only where it is a name (RFC 6066 §3).
    const servername = isIP(host) === 0 ? { servername: host } : {}
    const socket = connect({ host, port, ...servername, rejectUnauthorized: false })
    const end = (shown: Shown): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(shown)
    }
    const timer = setTimeout(() => end({ kind: 'unseen', why: `no TLS within ${timeoutMs} ms` }), timeoutMs)
    socket.once('secureConnect', () => {
      const distrust = socket.authorized ? undefined : String(socket.authorizationError)
      end({ kind: 'certificate', certificate: socket.getPeerCertificate(), distrust })
    })
    socket.once('error', (error) => {
      const why = errorText(error)
      end({ kind: NO_TLS.test(why) ? 'no-tls' : 'unseen', why })
    })
  })
}
