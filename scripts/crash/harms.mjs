import { pause } from './pause.mjs'
import { moments } from './wire/cutting-proxy.mjs'

/**
 * What can be done to servers and database, with its share of all that is done. A freeze loses nothing by itself, so
 * it does not count as a kill.
 */
export function harmsTo(database) {
  const cuts = (database.marks ?? []).flatMap((mark) =>
    moments.map((moment) => ({
      kind: `connection cut ${moment} ${mark}`,
      share: 5 / (database.marks.length * moments.length),
      isKill: true,
      act: (_server, random) => database.cut(mark, moment, random() < 0.5),
    })),
  )
  return [
    { kind: 'server killed', share: 4, isKill: true, act: (server) => server.kill() },
    {
      kind: 'server frozen',
      share: 1.5,
      isKill: false,
      async act(server, random) {
        server.signal('SIGSTOP')
        await pause(random() * 300)
        server.signal('SIGCONT')
      },
    },
    ...(database.kill === undefined
      ? []
      : [{ kind: 'database killed', share: 0.5, isKill: true, act: () => database.kill() }]),
    ...cuts,
  ]
}
