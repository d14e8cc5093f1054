import { open } from 'node:fs/promises'
import { DOCUMENT_LIMITS } from './document-limits.ts'
import { TargetError } from './target-error.ts'

/**
 * The text of a regular file: UTF-8, or UTF-16 with a byte order mark. Throws a `TargetError` where it is a directory, a
 * device or a pipe (which may never end), cannot be read, is too large, or is no text.
 *
 * @param name - how the user named it.
 */
export async function readTextFile(
  path: string,
  name: string,
  maxBytes: number = DOCUMENT_LIMITS.bytes,
): Promise<string> {
  // Without O_NONBLOCK the opening of a pipe waits for somebody who writes.
  const { constants } = await import('node:fs')
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (cause: NodeJS.ErrnoException) => {
      throw new TargetError('file-not-found', `${name} cannot be read: ${cause.code ?? cause.message}.`, {
        seen: [`looked for ${path}`],
        advice: 'Name a file that exists and that this user may read.',
      })
    },
  )
  try {
    const kind = await file.stat()
    if (!kind.isFile()) {
      throw new TargetError('file-not-found', `${name} is no regular file.`, {
        seen: [kind.isDirectory() ? 'a directory' : 'a device, a pipe or a socket'],
        advice: 'Save the document to a file and name that file.',
      })
    }
    if (kind.size > maxBytes) {
      throw new TargetError('too-large', `${name} is larger than ${maxBytes} bytes.`, {
        seen: [`${kind.size} bytes`],
        advice: 'Save the part of the document that describes the creations to a file and name that file.',
      })
    }
    return decode(await file.readFile(), name)
  } finally {
    await file.close()
  }
}

function decode(bytes: Buffer, name: string): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new TargetError('unparseable', `${name} is no text in ${encoding.toUpperCase()}: ${firstBad(bytes)}.`, {
      advice: 'Save it as UTF-8.',
    })
  }
}

/** Where the text ends to be one: the replacement of what is broken stands there. */
function firstBad(bytes: Buffer): string {
  const lines = bytes.toString('utf8').split('\n')
  const line = lines.findIndex((text) => text.includes('\uFFFD'))
  return line < 0
    ? 'a character is cut in two'
    : `line ${line + 1}, column ${(lines[line] ?? '').indexOf('\uFFFD') + 1}`
}
