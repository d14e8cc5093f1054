#!/usr/bin/env node
// Looks at the Node version before anything else is loaded: a module that this Node cannot parse would end in a
// stack trace instead of a sentence.
import { isSupportedNode } from './is-supported-node.ts'

if (isSupportedNode(process.versions.node)) {
  const { runProgram } = await import('./program.ts')
  await runProgram(process.argv)
} else {
  process.stderr.write(`createonce needs Node 20.19, 22.13, or 24 and later; this is ${process.versions.node}.\n`)
  process.exitCode = 2
}
