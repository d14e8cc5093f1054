#!/usr/bin/env node
// Looks at the Node version before anything else is loaded: a module that this Node cannot parse would end in a
// stack trace instead of a sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)) {
  const { runProgram } = await import('./program.ts')
  await runProgram(process.argv)
} else {
  process.stderr.write(`createonce needs Node 20.19, 22.13, or 24 and later; this is ${process.version}.\n`)
  process.exitCode = 2
}

export {}
