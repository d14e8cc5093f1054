// Scores the verifier: compiles its targets, starts each, judges it, and prints what was found and what was not.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileScore } from './compile-score.mjs'

await import(pathToFileURL(join(compileScore(), 'test/score/main.js')).href)
