// The last step of `npm run build`: notes which sources the build was made of, so that the next start can skip it.
import { chmodSync, writeFileSync } from 'node:fs'
import { buildFingerprint, STAMP } from './build-fingerprint.mjs'

// The compiler writes no execute bit, and npm links the bin of a workspace before it is built.
chmodSync('packages/cli/dist/main.js', 0o755)
writeFileSync(STAMP, buildFingerprint())
