import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A create at the URL with its trailing slash toggled. The content is an empty object: only the routing is of interest. */
export const trailingSlash: Experiment<Tried> = {
  name: 'create at the URL with the trailing slash toggled',
  async run(lab) {
    await lab.ask(created)
    const url = new URL(lab.recipe.url)
    url.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
    return await lab.tryPost({ body: {}, url: url.href })
  },
}
