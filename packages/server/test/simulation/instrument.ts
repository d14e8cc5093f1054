import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript-5.4'

// Only these end or continue a promise; other methods of these names would get the same treatment, which harms nobody.
const REACTIONS = new Set(['then', 'catch', 'finally', 'nextTick'])
const LATER = new Set(['setImmediate', 'queueMicrotask', 'setTimeout'])

const CLOSING = new Set([')', '}'])

interface Edit {
  readonly at: number
  readonly text: string
}

/**
 * Copies compiled modules, and marks in the copy every place where a process waits or goes on: before and after each
 * `await`, in each turn of a `for await`, at the start of each reaction of a promise, of each function that runs in a later turn, and where a promise
 * made by hand is settled. Whatever the modules contain: no name of theirs is known here. What is called at the marks is
 * defined by `stop-process.mjs`. Returns how many there are.
 */
export function instrument(from: string, to: string): number {
  let points = 0
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js') || name.startsWith('testing')) continue
    const text = readFileSync(join(from, name), 'utf8')
    const edits = editsOf(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true), name)
    points += edits.filter(({ text: piece }) => !CLOSING.has(piece)).length
    mkdirSync(dirname(join(to, name)), { recursive: true })
    writeFileSync(join(to, name), edited(text, edits))
  }
  writeFileSync(join(to, 'package.json'), '{ "type": "module" }')
  return points
}

function editsOf(source: ts.SourceFile, name: string): Edit[] {
  const edits: Edit[] = []
  const point = (node: ts.Node, what: string): string => {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart())
    return JSON.stringify(`${name}:${line + 1}:${character + 1} ${what}`)
  }
  const around = (node: ts.Node, call: string, id: string): void => {
    edits.push({ at: node.getStart(), text: `${call}(${id}, ` }, { at: node.end, text: ')' })
  }

  function visit(node: ts.Node): void {
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
      around(node.expression, 'createoncePassing', point(node, 'waits'))
      const goesOn = `createoncePassing(${point(node, 'goes on')}, 0);`
      if (ts.isBlock(node.statement)) edits.push({ at: node.statement.getStart() + 1, text: goesOn })
      else edits.push({ at: node.statement.getStart(), text: `{ ${goesOn} ` }, { at: node.statement.end, text: '}' })
    }
    if (ts.isAwaitExpression(node)) {
      around(node, 'createoncePassing', point(node, 'goes on'))
      around(node.expression, 'createoncePassing', point(node, 'waits'))
    }
    if (ts.isCallExpression(node)) {
      const { expression: called } = node
      if (ts.isPropertyAccessExpression(called) && REACTIONS.has(called.name.text)) {
        for (const argument of node.arguments) around(argument, 'createonceReaction', point(argument, 'reacts'))
      }
      if (ts.isIdentifier(called) && LATER.has(called.text)) {
        const [step] = node.arguments
        around(step!, 'createonceLater', point(step!, 'begins'))
      }
    }
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Promise') {
      for (const executor of node.arguments ?? []) around(executor, 'createonceExecutor', point(node, 'is settled'))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return edits
}

/** From the end to the start, so that no edit moves another one; of two at one place the outer one comes first. */
function edited(text: string, edits: readonly Edit[]): string {
  const inserted = new Map<number, { before: string; after: string }>()
  for (const { at, text: piece } of edits) {
    const here = inserted.get(at) ?? { before: '', after: '' }
    // What closes belongs to what ends here, and comes before whatever opens here.
    if (CLOSING.has(piece)) here.after += piece
    else here.before += piece
    inserted.set(at, here)
  }
  let result = text
  for (const [at, { before, after }] of [...inserted].sort(([one], [other]) => other - one)) {
    result = result.slice(0, at) + after + before + result.slice(at)
  }
  return result
}
