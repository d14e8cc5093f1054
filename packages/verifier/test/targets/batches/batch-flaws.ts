import { type ChoiceFlaw, flawsOf } from '../choice-flaw.ts'
import { type BatchChoices, type ItemOutcome, onlyValid, refusal } from './batches.ts'

const flaw = flawsOf<BatchChoices>()

const isValid = ({ faults }: ItemOutcome) => faults.length === 0
const untilFirstFault = (all: readonly ItemOutcome[]) => {
  const end = all.findIndex((one) => !isValid(one))
  return end < 0 ? all : all.slice(0, end)
}
const resources = (outcomes: readonly ItemOutcome[]) => outcomes.map(({ resource }) => resource)
const atomicity = 'bulk-atomicity-declared'
const results = 'bulk-item-results'

/** Every flaw of a batch. */
export const batchFlaws: readonly ChoiceFlaw<BatchChoices>[] = [
  flaw('a loop that stops at the fault', atomicity, 'error', { keeps: untilFirstFault }),
  flaw('400 though the valid ones are kept', atomicity, 'error', {
    suffix: ':batchCreate',
    holder: 'requests',
    wrapper: 'thing',
    keeps: onlyValid,
  }),
  flaw('500 in the middle of a loop', atomicity, 'error', {
    suffix: '/batch',
    holder: 'items',
    keeps: untilFirstFault,
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: resources(kept) } : { status: 500, body: { title: 'oops' } },
  }),
  flaw('500 for an invalid item', atomicity, 'warning', {
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: resources(kept) } : { status: 500, body: { title: 'oops' } },
  }),
  flaw('invalid items are left out in silence', atomicity, 'error', {
    keeps: onlyValid,
    answer: (kept) => ({ status: 201, body: resources(kept) }),
  }),
  flaw('an invalid item loses the whole batch, with 200', atomicity, 'error', {
    suffix: '/batch',
    answer: (kept) => ({ status: 200, body: { results: resources(kept) } }),
  }),
  flaw('results of items that were rolled back', atomicity, 'error', {
    answer: (_, all) => ({
      status: 207,
      body: all.map((one) => (isValid(one) ? { status: 201, id: one.id } : { status: 400, error: 'invalid' })),
    }),
    keeps: (all) => (all.every(isValid) ? all : []),
  }),
  flaw('422 that tells what was kept', atomicity, 'warning', {
    keeps: onlyValid,
    answer: (kept, all) =>
      all.every(isValid)
        ? { status: 201, body: resources(kept) }
        : {
            status: 422,
            body: {
              created: resources(kept),
              errors: all.filter((one) => !isValid(one)).map(({ at }) => ({ index: at })),
            },
          },
  }),
  flaw('several URLs in one Location', results, 'warning', {
    answer: (kept, all) =>
      all.every(isValid)
        ? { status: 201, headers: { Location: kept.map(({ path }) => path).join(', ') }, body: resources(kept) }
        : refusal(all),
  }),
  flaw('a Location on 207', results, 'note', {
    keeps: onlyValid,
    answer: (_, all) => ({
      status: 207,
      headers: { Location: all[0]?.path ?? '' },
      body: all.map((one) => (isValid(one) ? { status: 201, id: one.id } : { status: 400, error: 'invalid' })),
    }),
  }),
  flaw('a count for an answer', results, 'note', {
    answer: (kept, all) => (all.every(isValid) ? { status: 201, body: { inserted: kept.length } } : refusal(all)),
  }),
  flaw('only the last one in the answer', results, 'warning', {
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: { items: resources(kept.slice(-1)) } } : refusal(all),
  }),
  flaw('results without ids', results, 'warning', {
    suffix: ':batchCreate',
    holder: 'requests',
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: { results: kept.map(() => ({ status: 201 })) } } : refusal(all),
  }),
  flaw('ids that lead nowhere', results, 'warning', {
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: kept.map(({ at }) => ({ id: at + 1 })) } : refusal(all),
  }),
  flaw('results in another order', results, 'warning', {
    suffix: '/batch',
    holder: 'items',
    answer: (kept, all) => (all.every(isValid) ? { status: 201, body: resources([...kept].reverse()) } : refusal(all)),
  }),
  flaw('failures that name no item', results, 'warning', {
    keeps: onlyValid,
    answer: (kept, all) => ({
      status: 200,
      body: {
        created: resources(kept),
        errors: all.filter((one) => !isValid(one)).map(() => ({ message: 'invalid' })),
      },
    }),
  }),
]
