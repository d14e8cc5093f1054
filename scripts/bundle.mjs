// The second step of `npm run build`: the compiler has written the declarations; here comes what runs.
import { join } from 'node:path'
import { bundlePackage } from './bundle-package.mjs'

for (const name of ['server', 'verifier']) await bundlePackage(join(process.cwd(), 'packages', name))
