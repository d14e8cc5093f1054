import { createLatencies } from './latencies.mjs'
import { openConnection } from './open-connection.mjs'
import { requestTemplate } from './request-template.mjs'

/**
 * Sends requests for `ms` milliseconds, or `amount` of them, one at a time on each of `connections`. `requests` is the
 * mix: templates (request-template.mjs), each with its `share`; request number n takes the one whose turn it is.
 *
 * With `rate` (requests a second) the connections take turns to send at fixed times. What waits because its connection is
 * still busy counts from when it was due, since there the server is late; what this process sends late by itself counts
 * from when it was sent.
 *
 * With `spin` the event loop never sleeps, see README.md.
 *
 * Returns the rate, the 50th and 99th percentile of the latencies in milliseconds, the answers by status, their count,
 * and the CPU time that a request cost here in microseconds.
 */
export async function generate({ port, connections, ms, amount = Number.POSITIVE_INFINITY, requests, rate, spin }) {
  const templates = requests.map(requestTemplate)
  const turns = requests.flatMap(({ share = 1 }, index) => Array(share).fill(index))
  const latencies = createLatencies()
  const statuses = new Map()
  let sent = 0
  let fail
  const failed = new Promise((_, reject) => {
    fail = reject
  })
  const lanes = Array.from({ length: connections }, openLane)
  try {
    await Promise.race([Promise.all(lanes.map(({ connection }) => connection.connected)), failed])
    const cpu = process.cpuUsage()
    const startedAt = performance.now()
    const endsAt = startedAt + (ms ?? Number.POSITIVE_INFINITY)
    const beat = rate === undefined ? 0 : (connections * 1000) / rate
    const stopTicking = keepTicking({ isNeeded: rate !== undefined, spin, tick: () => lanes.forEach(sendIfDue) })
    const finished = lanes.map((lane, index) => {
      lane.beat = beat
      lane.due = startedAt + (beat * index) / connections
      lane.endsAt = endsAt
      return new Promise((resolve) => {
        lane.finish = resolve
        if (beat === 0) next(lane, startedAt)
      })
    })
    await Promise.race([Promise.all(finished), failed]).finally(stopTicking)
    const seconds = (performance.now() - startedAt) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const count = latencies.count()
    return {
      rate: count / seconds,
      p50: latencies.at(0.5),
      p99: latencies.at(0.99),
      statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
      count,
      cpuUs: (user + system) / count,
    }
  } finally {
    for (const { connection } of lanes) connection.close()
  }

  function openLane() {
    const lane = { copies: templates.map(({ copy }) => copy()), begun: 0, isBusy: false, isFinished: false }
    lane.connection = openConnection({ port, onFault: fail, onAnswer: (status) => answered(lane, status) })
    return lane
  }

  function answered(lane, status) {
    const now = performance.now()
    latencies.add(now - lane.begun)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    lane.isBusy = false
    if (lane.beat === 0) next(lane, now)
    else if (now >= lane.due) next(lane, lane.due)
  }

  function sendIfDue(lane) {
    if (lane.isBusy || lane.isFinished) return
    const now = performance.now()
    if (now >= lane.due || now >= lane.endsAt) next(lane, now)
  }

  function next(lane, begun) {
    if (sent >= amount || performance.now() >= lane.endsAt) {
      lane.isFinished = true
      return lane.finish()
    }
    const turn = turns[sent % turns.length]
    const bytes = lane.copies[turn]
    templates[turn].fill(bytes, sent)
    sent += 1
    lane.begun = begun
    lane.due += lane.beat
    lane.isBusy = true
    lane.connection.send(bytes)
  }
}

/** Calls `tick` again and again, every millisecond or as often as the event loop turns; returns what ends it. */
function keepTicking({ isNeeded, spin, tick }) {
  if (!spin && !isNeeded) return () => {}
  let isOver = false
  if (!spin) {
    const timer = setInterval(tick, 1)
    return () => clearInterval(timer)
  }
  const turn = () => {
    if (isOver) return
    if (isNeeded) tick()
    setImmediate(turn)
  }
  turn()
  return () => {
    isOver = true
  }
}
