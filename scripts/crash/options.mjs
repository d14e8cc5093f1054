import { parseArgs } from 'node:util'

const POSSIBLE = `Possible are:
  --kills N        how often something is killed or cut, over all stores together (200)
  --store A,B      sqlite, postgres, redis (all that can run here)
  --seed N         the plan: the same number makes the same one (drawn, and printed)
  --resume         adds to the totals that are kept in .createonce/crash.json
  --fault NAME     seeds a fault into the servers, to see whether it is found`

/**
 * Reads the command line. Throws a message for the user for what it does not know.
 *
 * @param {readonly string[]} args
 * @param {{ stores: readonly string[], faults: readonly string[] }} known
 */
export function readOptions(args, known) {
  let values
  try {
    ;({ values } = parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string', default: '200' },
        store: { type: 'string' },
        seed: { type: 'string' },
        resume: { type: 'boolean', default: false },
        fault: { type: 'string' },
      },
    }))
  } catch (error) {
    throw new Error(`${error.message.split('.')[0]}. ${POSSIBLE}`)
  }
  const stores = values.store?.split(',')
  for (const store of stores ?? []) refuse(!known.stores.includes(store), '--store', store, known.stores.join(', '))
  if (values.fault !== undefined) {
    refuse(!known.faults.includes(values.fault), '--fault', values.fault, known.faults.join(', '))
  }
  return {
    kills: wholeNumber('--kills', values.kills, 1),
    stores,
    seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : wholeNumber('--seed', values.seed, 0),
    resume: values.resume,
    fault: values.fault,
  }
}

function wholeNumber(option, text, least) {
  refuse(!/^\d{1,9}$/.test(text) || Number(text) < least, option, text, `a whole number from ${least}`)
  return Number(text)
}

function refuse(isWrong, option, seen, possible) {
  if (isWrong) throw new Error(`${option} is ${possible}; seen: ${seen}.`)
}
