import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'

/** How to start one program as a process of its own, in a folder of its own. */
export interface KillableProgram {
  readonly url: string
  readonly command: string
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
let count = 0

/** Writes a program below a folder from which its packages are found, and tells how to start it. */
export async function killableProgram(
  program: string,
  { folder, python }: { readonly folder: string; readonly python?: string },
): Promise<KillableProgram> {
  const port = await freePort()
  const own = join(folder, `killed-${++count}`)
  await mkdir(own)
  const file = join(own, python === undefined ? 'program.mjs' : 'program.py')
  await writeFile(file, program)
  const run = python === undefined ? [process.execPath, here('node-program.mjs')] : [python, here('flask_program.py')]
  const command = [...run, file, String(port)].map((part) => `"${part}"`).join(' ')
  return { url: `http://127.0.0.1:${port}`, command: `cd "${own}" && exec ${command}` }
}
