import type { Judged } from './judge-target.ts'

/** What is asked of the verifier: the share of faults that it finds, and no false alarm at all. */
const goal = 0.98

/** The figures of a run. */
export interface Score {
  readonly found: number
  readonly total: number
  readonly falseAlarms: number
  readonly isGood: boolean
  readonly table: string
}

/** Sums up what was judged, by check and over all. */
export function toTable(all: readonly Judged[]): Score {
  const byCheck = new Map<string, { found: number; total: number }>()
  for (const { target, missed } of all) {
    for (const check of target.finds) {
      const row = byCheck.get(check) ?? { found: 0, total: 0 }
      row.total += 1
      if (!missed.some((one) => one.startsWith(`${check}:`))) row.found += 1
      byCheck.set(check, row)
    }
  }
  const rows = [...byCheck].sort(([one], [other]) => (one < other ? -1 : 1))
  const found = rows.reduce((sum, [, row]) => sum + row.found, 0)
  const total = rows.reduce((sum, [, row]) => sum + row.total, 0)
  const falseAlarms = all.reduce((sum, one) => sum + one.falseAlarms.length, 0)
  const unjudged = all.filter(({ unjudged: reasons }) => reasons.length > 0)
  const right = all.filter(({ target }) => target.finds.length === 0)
  const names = (some: readonly Judged[]) => new Set(some.map(({ target }) => target.name)).size
  const lines = [
    ...rows.map(([check, row]) => `${check.padEnd(30)} ${`${row.found}/${row.total}`.padStart(8)}`),
    '',
    ...all.flatMap((one) => [
      ...one.missed.map((text) => `MISSED       ${nameOf(one)}\n             ${text}`),
      ...one.falseAlarms.map((text) => `FALSE ALARM  ${nameOf(one)}\n             ${text}`),
      ...one.unjudged.map((text) => `NOT JUDGED   ${nameOf(one)}\n             ${text}`),
    ]),
    `targets       ${names(right)} correct, ${names(all) - names(right)} flawed; ${all.length} copies judged`,
    `found         ${found}/${total} (${percent(found, total)})`,
    `false alarms  ${falseAlarms}, of these ${right.reduce((sum, one) => sum + one.falseAlarms.length, 0)} on correct targets`,
    `not judged    ${unjudged.length}`,
    `requests      ${spread(all.map(({ requests }) => requests))} an API`,
    `seconds       ${spread(all.map(({ ms }) => ms / 1000))} an API`,
  ]
  const isGood = (total === 0 || found / total >= goal) && falseAlarms === 0 && unjudged.length === 0 && all.length > 0
  return { found, total, falseAlarms, isGood, table: lines.join('\n') }
}

function nameOf({ target, copy }: Judged): string {
  return `${target.name}, in ${copy}`
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none asked for' : `${((100 * part) / whole).toFixed(1)} %`
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other)
  const digits = Number.isInteger(sorted[0]) ? 0 : 2
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(digits)
  return `median ${at(0.5)}, most ${at(1)}`
}
