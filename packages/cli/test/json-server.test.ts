import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Ended, temporaryFolder } from './createonce.ts'
import { type Answer, send } from './send.ts'
import type { Listening } from './targets/listen.ts'
import { startJsonServer } from './targets/start-json-server.ts'

const document = fileURLToPath(new URL('targets/json-server.openapi.yaml', import.meta.url))
const post = { id: 'by-hand', title: 'By hand' }
const comment = { postId: 'hello-world', body: 'By hand' }
const asJson = { 'Content-Type': 'application/json' }

interface Row {
  readonly check: string
  readonly operation: string
  readonly level: string
  readonly says: RegExp
  /** Why the finding is right. */
  readonly why: string
  /** The same seen without the verifier: a request, and what is wrong about its answer. */
  readonly byHand: () => Promise<Answer>
  readonly wrong: (answer: Answer) => boolean
}

let blog: Listening

const path = { createPost: '/posts', createComment: '/comments' } as const
const sample = { createPost: post, createComment: comment } as const
const postTo =
  (operation: keyof typeof path, body: string | object, headers = asJson as Record<string, string>) =>
  () =>
    send('POST', blog.url + path[operation], { headers, body })
const isHtml = ({ headers }: Answer) => /^text\/html/.test(headers['content-type'] ?? '')

const both: Row[] = (['createPost', 'createComment'] as const).flatMap((operation) => [
  {
    check: 'invalid-is-4xx',
    operation,
    level: 'error',
    says: /^\d+ of \d+ bodies that break the document's own schema were accepted: .+ is missing \(201\)/,
    why: 'json-server stores every JSON object that it gets; the document requires members and their types',
    byHand: postTo(operation, {}),
    wrong: ({ status }) => status === 201,
  },
  {
    check: 'unknown-fields-policy',
    operation,
    level: 'note',
    says: /^A member that the document does not have \(unknown\w+\) was accepted with 201 and is shown again/,
    why: 'json-server stores every member that it gets; the document allows none but its own',
    byHand: postTo(operation, { ...sample[operation], colour: 'By hand' }),
    wrong: ({ status, json }) => status === 201 && json().colour === 'By hand',
  },
  {
    check: 'created-deletable',
    operation,
    level: 'note',
    says: /^The document has a DELETE for what is created, and right after a create it answers 500/,
    why: 'json-server looks for what belongs to what it deletes, and trips over a row without the member that says so',
    byHand: async () => {
      await send('POST', `${blog.url}/comments`, { headers: asJson, body: { postId: null } })
      const body = { ...sample[operation], id: `to-be-deleted-${operation}` }
      const made = await send('POST', blog.url + path[operation], { headers: asJson, body })
      return await send('DELETE', `${blog.url}${path[operation]}/${made.json().id}`, { headers: asJson })
    },
    wrong: ({ status }) => status === 500,
  },
  {
    check: 'errors-no-internals',
    operation,
    level: 'error',
    says: /^The 400 answer to an invalid body \(the body is text instead of an object\) shows a stack trace: "at /,
    why: "Express's default page for an error shows the stack, with paths of the server's file system",
    byHand: postTo(operation, '"text"'),
    wrong: ({ status, body }) => status === 400 && body.includes('body-parser/lib/types/json.js'),
  },
  {
    check: 'malformed-is-400',
    operation,
    level: 'warning',
    says: /^Malformed content should be answered with 400 .+ empty → 201\.$/,
    why: 'a POST without content creates a resource that has nothing but an id',
    byHand: postTo(operation, ''),
    wrong: ({ status }) => status === 201,
  },
  {
    check: 'unsupported-media-415',
    operation,
    level: 'warning',
    says: /^Valid JSON under a label that is not JSON's should be answered with 415 .+ text\/plain → 201/,
    why: 'content that it cannot read is dropped, an empty resource created, and the client told that all went well',
    byHand: postTo(operation, JSON.stringify(sample[operation]), { 'Content-Type': 'text/plain' }),
    wrong: ({ status, body }) => status === 201 && !body.includes('By hand'),
  },
  {
    check: 'method-405-allow',
    operation,
    level: 'warning',
    says: /^PATCH on http:\S+ answers 404\. The URL exists and does not support the method/,
    why: 'GET of the same URL answers 200, so 404 is not true',
    byHand: () => send('PATCH', blog.url + path[operation], { body: {} }),
    wrong: ({ status }) => status === 404,
  },
  {
    check: 'problem-details-valid',
    operation,
    level: 'warning',
    says: /^\d of \d errors have no content that a program can read .+text\/html/,
    why: 'a program that posted JSON gets a page of HTML when its JSON is broken',
    byHand: postTo(operation, '{"title":'),
    wrong: (answer) => answer.status === 400 && isHtml(answer),
  },
  {
    check: 'cors-exposes-location',
    operation,
    level: 'note',
    says: /^Pages of other origins may create .+, and browsers hide ETag from them/,
    why: 'the answer allows every origin, has an ETag, and exposes Location only',
    byHand: postTo(operation, sample[operation], { ...asJson, Origin: 'https://elsewhere.example' }),
    wrong: ({ headers }) =>
      headers['access-control-allow-origin'] === 'https://elsewhere.example' &&
      headers.etag !== undefined &&
      !/etag/i.test(headers['access-control-expose-headers'] ?? ''),
  },
])

const ofComments: Row[] = [
  {
    check: 'server-fields-protected',
    operation: 'createComment',
    level: 'error',
    says: /^The document does not take id, the server makes it, and what a client sent was stored: id is now "\d+"\.$/,
    why: 'the id that a client chooses for a comment is kept, though the document takes none',
    byHand: postTo('createComment', { ...comment, id: 987 }),
    wrong: ({ status, json }) => status === 201 && json().id === 987,
  },
]

const declared: Row[] = [
  {
    check: 'duplicate-policy-enforced',
    operation: 'createPost',
    level: 'warning',
    says: /^Two creates had the same id; by the policy the second is rejected \(409\)\. It answered 500\./,
    why: 'a duplicate is the fault of the client, and lodash-id throws; a warning, for the key is an inference',
    byHand: async () => {
      await send('POST', `${blog.url}/posts`, { body: post })
      return send('POST', `${blog.url}/posts`, { body: post })
    },
    wrong: ({ status, body }) => status === 500 && body.startsWith('Error: Insert failed, duplicate id'),
  },
  {
    check: 'unique-race-single-winner',
    operation: 'createPost',
    level: 'warning',
    says: /^\d of 10 simultaneous creates with the same id answered 500\./,
    why: 'the same, and one of them wins: the losers should hear 409',
    byHand: async () => {
      const racers = Array.from({ length: 2 }, () =>
        send('POST', `${blog.url}/posts`, { body: { ...post, id: 'race' } }),
      )
      return (await Promise.all(racers)).find(({ status }) => status !== 201)!
    },
    wrong: ({ status }) => status === 500,
  },
]

beforeAll(async () => {
  blog = await startJsonServer(temporaryFolder())
})
afterAll(() => blog.close())

interface Result {
  readonly check: string
  readonly operation: string
  readonly level: string
  readonly verdict: string
  readonly message: string
}

interface Found {
  readonly run: Ended
  readonly report: {
    readonly operations: unknown
    readonly results: readonly Result[]
    readonly exchanges: readonly { readonly request: { method: string; url: string; body: string } }[]
  }
  readonly findings: readonly Result[]
}

async function verifyBlog(...options: string[]): Promise<Found> {
  const cwd = temporaryFolder()
  const run = await createonce(['verify', document, '--base-url', blog.url, '--report', 'json=r.json', ...options], {
    cwd,
  })
  const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')) as Found['report']
  return {
    run,
    report,
    findings: report.results.filter(({ verdict }) => verdict === 'fail'),
  }
}

const named = ({ check, operation, level }: Pick<Result, 'check' | 'operation' | 'level'>) =>
  `${operation}: ${level} ${check}`

describe('json-server', () => {
  let found: Found

  beforeAll(async () => {
    found = await verifyBlog()
  })

  it('has exactly the faults of the table below, and exit code 1', () => {
    expect(found.findings.map(named).sort()).toEqual([...both, ...ofComments].map(named).sort())
    expect(found.run).toMatchObject({ code: 1 })
  })

  it('has them in a second run too, which meets what the first one left', async () => {
    const again = await verifyBlog('--check', 'server-fields-protected', 'ids-unique-under-load')
    expect(again.findings.map(named)).toEqual(ofComments.map(named))
  })

  it('does right what a creation is about: 201, a Location that answers the resource, ids under load', () => {
    const passed = found.report.results.filter(({ verdict }) => verdict === 'pass')
    const names = passed.map(({ check }) => check)
    for (const check of [
      'created-status-201',
      'location-present',
      'location-resolves',
      'location-identifies-created',
      'body-equals-get',
      'collection-shows-created',
      'ids-unique-under-load',
    ]) {
      expect(names.filter((name) => name === check)).toHaveLength(2)
    }
  })

  it('was understood: comments belong to posts, and the id of a post seems to be unique', () => {
    expect(found.report.operations).toMatchObject([
      { id: 'createPost', judged: true, policy: { naturalKey: ['id'] } },
      { id: 'createComment', judged: true },
    ])
    const comment = found.report.exchanges.find(
      ({ request }) => request.method === 'POST' && request.url.endsWith('/comments'),
    )
    expect(JSON.parse(comment!.request.body).postId).toMatch(/^createonce-/)
  })

  it('still has the post that was there before', async () => {
    expect((await send('GET', `${blog.url}/posts/hello-world`)).json()).toEqual({
      id: 'hello-world',
      title: 'Hello, world',
    })
  })

  it.each([...both, ...ofComments])(
    '$operation: $level $check, because $why',
    async ({ check, operation, says, byHand, wrong }) => {
      const finding = found.findings.find((one) => one.check === check && one.operation === operation)
      expect(finding?.message).toMatch(says)
      expect(await byHand()).toSatisfy(wrong)
    },
  )
})

describe('json-server, once it is said that duplicates are rejected', () => {
  let found: Found

  beforeAll(async () => {
    const checks = ['--check', 'duplicate-policy-enforced', 'unique-race-single-winner']
    found = await verifyBlog('--duplicates', 'createPost=reject', ...checks)
  })

  it('has two faults more', () => {
    expect(found.findings.map(named).sort()).toEqual(declared.map(named).sort())
  })

  it.each(declared)('$operation: $level $check, because $why', async ({ check, says, byHand, wrong }) => {
    expect(found.findings.find((one) => one.check === check)?.message).toMatch(says)
    expect(await byHand()).toSatisfy(wrong)
  })
})
