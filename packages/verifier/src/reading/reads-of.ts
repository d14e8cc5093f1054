import { isAnswer } from '../exchange/exchange.ts'
import type { NamedAnswer } from '../experiments/all-answers.ts'
import { fillPath } from '../experiments/fill-path.ts'
import { requiredQuery } from '../experiments/required-parameters.ts'
import type { Client } from '../http/client.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import type { Creation, Target } from '../target/target.ts'
import { firstId } from './first-id.ts'

/** Reads what there is to read around a creation: the collection, one resource of it, and one that nobody has. */
export async function readsOf(
  client: Client,
  target: Target,
  creation: Creation,
  parents: Readonly<Record<string, string>>,
): Promise<readonly NamedAnswer[]> {
  const answers: NamedAnswer[] = []
  const { read } = creation
  const listed = await firstId(client, target, creation, parents)
  if (listed.answer !== undefined) answers.push({ to: 'a read of the collection', answer: listed.answer })
  const readOne = async (to: string, id: string): Promise<void> => {
    if (read === undefined) return
    const filled = fillPath(read.path, { ...parents, [read.idParameter]: id }, read.parameters)
    if (filled.kind === 'unknown') return
    const url = baseUrlOf(target, read) + filled.path + requiredQuery(read.parameters)
    const answer = await client.send({ method: 'GET', url })
    if (isAnswer(answer)) answers.push({ to, answer })
  }
  // What is named by a dot segment would be read somewhere else.
  if (listed.id !== undefined && !/^\.{1,2}$/.test(listed.id)) await readOne('a read of what exists', listed.id)
  await readOne('a read of something unknown', 'createonce-unknown')
  return answers
}
