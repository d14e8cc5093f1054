import { type BatchChoices, type ItemOutcome, onlyValid, refusal } from './batches.ts'

/** One right way to take several things at once. */
export interface BatchStyle {
  readonly name: string
  readonly choices: Partial<BatchChoices>
}

const style = (name: string, choices: Partial<BatchChoices>): BatchStyle => ({ name, choices })
const isValid = ({ faults }: ItemOutcome) => faults.length === 0
const details = ({ faults }: ItemOutcome) => faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')

/** The ways of the usual guidelines. */
export const batchStyles: readonly BatchStyle[] = [
  style('201 with a list, 400 for all', {}),
  style('a list posted to the collection', { suffix: '', single: false }),
  style('batchCreate with requests', {
    suffix: ':batchCreate',
    holder: 'requests',
    wrapper: 'thing',
    answer: (kept, all) =>
      all.every(isValid) ? { status: 200, body: { things: kept.map(({ resource }) => resource) } } : refusal(all),
  }),
  style('422 for all, in an envelope', {
    suffix: '/batch',
    holder: 'items',
    answer: (kept, all) =>
      all.every(isValid) ? { status: 201, body: { data: kept.map(({ resource }) => resource) } } : refusal(all, 422),
  }),
  style('207 with a status for each', {
    suffix: '/batch',
    keeps: onlyValid,
    answer: (_, all) => ({
      status: 207,
      body: all.map((one) =>
        isValid(one)
          ? { status: 201, id: one.id, location: one.path }
          : { status: 400, problem: { title: 'invalid', detail: details(one) } },
      ),
    }),
  }),
  style('207 with references', {
    suffix: '/bulk-create',
    holder: 'items',
    keeps: onlyValid,
    // What failed first: each result says which item it is about.
    answer: (_, all) => ({
      status: 207,
      body: {
        results: [...all]
          .sort((one, other) => Number(isValid(one)) - Number(isValid(other)))
          .map((one) => ({
            index: one.at,
            ...(isValid(one) ? { status: 'created', id: one.id } : { status: 'failed', error: details(one) }),
          })),
      },
    }),
  }),
  style('200 with what was created and what was not', {
    suffix: '/createMany',
    keeps: onlyValid,
    answer: (kept, all) => ({
      status: 200,
      body: {
        created: kept.map(({ resource }) => resource),
        errors: all.filter((one) => !isValid(one)).map((one) => ({ index: one.at, message: details(one) })),
      },
    }),
  }),
  style('failures by their place', {
    suffix: ':batchCreate',
    holder: 'requests',
    keeps: onlyValid,
    answer: (kept, all) => ({
      status: 200,
      body: {
        things: kept.map(({ resource }) => resource),
        failedRequests: Object.fromEntries(
          all.filter((one) => !isValid(one)).map((one) => [one.at, { code: 3, message: details(one) }]),
        ),
      },
    }),
  }),
  style('an outcome for each under its name', {
    keeps: onlyValid,
    answer: (_, all) => ({
      status: 200,
      body: {
        errors: !all.every(isValid),
        items: all.map((one) => ({
          create: isValid(one) ? { id: one.id, status: 201 } : { status: 400, error: { reason: details(one) } },
        })),
      },
    }),
  }),
  style('the ids alone', {
    answer: (kept, all) => (all.every(isValid) ? { status: 201, body: kept.map(({ id }) => id) } : refusal(all)),
  }),
  style('201 without content', {
    answer: (_, all) => (all.every(isValid) ? { status: 201 } : refusal(all)),
  }),
  style('the input with its fault', {
    keeps: onlyValid,
    answer: (kept, all) => ({
      status: 200,
      body: {
        succeeded: kept.map(({ resource }) => resource),
        failed: all.filter((one) => !isValid(one)).map((one) => ({ requestIndex: one.at, errors: one.faults })),
      },
    }),
  }),
]
