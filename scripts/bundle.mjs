// The second step of `npm run build`: the compiler has written the declarations; here comes what runs.
import { join } from 'node:path'
import { bundlePackage } from './bundle-package.mjs'

const packages = join(process.cwd(), 'packages')
await bundlePackage(join(packages, 'server'), { isMainEverywhere: true })
// The assertions of its `testing` are of use without a run of the verifier.
await bundlePackage(join(packages, 'verifier'))
