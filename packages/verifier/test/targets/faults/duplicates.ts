import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

/** What services get wrong about what exists already, and about what happens at the same time. */
export const duplicateFaults: readonly Fault[] = [
  fault(
    'duplicates are created',
    'duplicate-policy-enforced',
    'uuids, 200 for duplicates, undeclared 409',
    { duplicate: () => undefined },
    'unique-race-single-winner',
  ),
  fault(
    '500 to a duplicate',
    'duplicate-policy-enforced',
    'uuids, nested',
    { onDuplicate: () => 'crash' },
    'unique-race-single-winner ids-unique-under-load',
  ),
  fault(
    '201 for what exists',
    'no-201-without-creation',
    'uuids, 200 for duplicates',
    { onDuplicate: () => 'as if created' },
    'duplicate-policy-enforced unique-race-single-winner',
  ),
  fault(
    'a duplicate overwrites',
    'no-201-without-creation',
    '422 for duplicates',
    { onDuplicate: () => 'overwrite' },
    'duplicate-policy-enforced unique-race-single-winner',
  ),
  fault(
    'a conflict without a word',
    'conflict-409-explains',
    'uuids, nested',
    onAnswer('refused', (reply, { code }) =>
      code === 'duplicate' ? { ...reply, body: { title: 'conflict', status: 409 } } : reply,
    ),
  ),
  fault(
    'the existing one without its Location',
    'existing-has-location',
    '200 for duplicates',
    onAnswer('existing', (reply) => withHeader(reply, 'Location')),
  ),
  fault('looks before it inserts', 'unique-race-single-winner', 'uuids, 200 for duplicates, whole Fastify', {
    waits: (point) => (point === 'looked for a duplicate' ? 3 : point === 'claimed' ? 1 : 0),
  }),
  fault(
    'ids by counting',
    'ids-unique-under-load',
    'plain',
    {
      waits: () => 2,
      id: (kind, _, count) =>
        kind === 'uuid' ? `00000000-0000-4000-8000-${String(count + 1).padStart(12, '0')}` : count + 1,
    },
    'location-identifies-created',
  ),
  fault(
    'ids by the clock',
    'ids-unique-under-load',
    'plain, uuids',
    {
      id: (kind) => (kind === 'uuid' ? `00000000-0000-4000-8000-${String(Date.now()).padStart(12, '0')}` : Date.now()),
    },
    'location-identifies-created no-201-without-creation duplicate-policy-enforced unique-race-single-winner input-roundtrip number-precision-kept unicode-roundtrip body-equals-get collection-shows-created',
  ),
  fault(
    'a variable that requests share',
    'ids-unique-under-load',
    'plain, uuids',
    () => {
      let current: Record<string, unknown> = {}
      let busy = 0
      return {
        faults: (faults, input) => {
          current = input as Record<string, unknown>
          busy++
          return faults
        },
        waits: (point) => (point === 'made the id' ? 2 : 1),
        stores: (input) => ({
          ...input,
          ...(busy > 0 && typeof current === 'object'
            ? {
                title: current['title'] ?? input['title'],
                note: current['note'],
                code: current['code'] ?? input['code'],
              }
            : {}),
        }),
      }
    },
    'input-roundtrip unique-race-single-winner idem-concurrent-409',
  ),
  fault(
    '500 when two write at once',
    'ids-unique-under-load',
    'uuids, plain',
    { bears: () => 3, waits: () => 2 },
    'unique-race-single-winner',
  ),
  fault(
    'a create that is lost beside others',
    'ids-unique-under-load',
    'plain, uuids, whole Fastify',
    { losesUpdates: () => true },
    'unique-race-single-winner idem-concurrent-409 collection-shows-created',
  ),
]
