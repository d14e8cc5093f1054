import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A create as any page of the web can make a browser send it. */
export interface SimpleRequest {
  readonly label: string
  readonly tried: Tried
}

const labels = [
  { label: 'text/plain', mediaType: 'text/plain' },
  { label: 'application/x-www-form-urlencoded', mediaType: 'application/x-www-form-urlencoded' },
  { label: 'no type at all', mediaType: 'none' },
] as const

/** A valid body under the types that browsers send to other origins without asking, from an origin that is nobody's. */
export const simpleRequests: Experiment<readonly SimpleRequest[]> = {
  name: 'create as a page of another origin could',
  async run(lab) {
    await lab.ask(created)
    const requests: SimpleRequest[] = []
    for (const { label, mediaType } of labels) {
      const headers = [
        ['Origin', 'https://createonce.example'],
        ['Sec-Fetch-Site', 'cross-site'],
      ] as const
      requests.push({ label, tried: await lab.tryPost({ body: lab.newBody(), mediaType, headers }) })
    }
    return requests
  },
}
