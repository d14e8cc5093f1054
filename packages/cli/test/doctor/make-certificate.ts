import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key and a certificate that signs itself, as files and as text. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  readonly certFile: string
}

/** Makes a certificate for a name, valid from now on for so many days. */
export function makeCertificate(folder: string, name: string, days: number): Certificate {
  const [keyFile, certFile] = [join(folder, `${name}-${days}.key`), join(folder, `${name}-${days}.pem`)]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-days', String(days), '-out', certFile], {
    stdio: 'pipe',
  })
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile }
}
