import { readFileSync } from 'node:fs'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { problemCatalogue } from '../../src/index.ts'
import { alerts, labels, metrics, toPrometheusRules } from '../../src/observe/index.ts'
import { allOutcomes } from '../../src/observe/outcomes.ts'
import { tableRows } from '../docs/table-rows.ts'

const file = readFileSync(new URL('../../alerts/prometheus.yaml', import.meta.url), 'utf8')
const page = readFileSync(new URL('../../../../docs/reference/metrics.md', import.meta.url), 'utf8')

/** What may stand behind a label, where the table says all of it. */
const values: Record<string, readonly string[]> = {
  outcome: allOutcomes().map(({ outcome }) => outcome),
  code: Object.keys(problemCatalogue),
  reason: ['busy', 'broken-off', 'answer-lost', 'shared-undone'],
}

/** The labels of a series by its name; those of a histogram have a suffix, and its buckets a label more. */
function labelsOf(series: string): readonly string[] | undefined {
  for (const { prometheus, type, labels: own } of Object.values(metrics)) {
    if (type !== 'histogram' && prometheus === series) return own
    if (type === 'histogram' && series === `${prometheus}_bucket`) return [...own, 'le']
    if (type === 'histogram' && [`${prometheus}_count`, `${prometheus}_sum`].includes(series)) return own
  }
  return undefined
}

/** What is wrong with an expression, against the grammar of PromQL and the metric table. */
function faultsOf(expression: string): string[] {
  const faults: string[] = []
  const text = ({ from, to }: { from: number; to: number }) => expression.slice(from, to)
  const series = new Set<string>()
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) faults.push(`syntax at ${node.from}`)
      if (node.name === 'VectorSelector') faults.push(...selectorFaults(node.node, text, series))
    },
  })
  const known = new Set([...series].flatMap((name) => labelsOf(name) ?? []))
  for (const [, grouped] of expression.matchAll(/\bby \(([^)]*)\)/g))
    for (const label of grouped!.split(', ')) if (!known.has(label)) faults.push(`grouped by ${label}`)
  if (series.size === 0) faults.push('no metric')
  return faults
}

function selectorFaults(node: SyntaxNode, text: (node: SyntaxNode) => string, series: Set<string>): string[] {
  const name = text(node.getChild('Identifier')!)
  series.add(name)
  const own = labelsOf(name)
  if (own === undefined) return [`no metric ${name}`]
  const faults: string[] = []
  for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
    const label = text(matcher.getChild('LabelName')!)
    if (!own.includes(label)) faults.push(`${name} has no label ${label}`)
    const wanted = text(matcher.getChild('StringLiteral')!).slice(1, -1).split('|')
    for (const value of wanted) if (!values[label]?.includes(value)) faults.push(`${label} is never ${value}`)
  }
  return faults
}

describe('the alerts', () => {
  it.each(alerts.map((alert) => [alert.id, alert.expression]))(
    '%s is of metrics and labels that exist',
    (_, expression) => expect(faultsOf(expression)).toEqual([]),
  )

  it.each([
    ['rate(createonce_creations_total[5m]', 'syntax at 35'],
    ['createonce_creation_total > 0', 'no metric createonce_creation_total'],
    ['createonce_creations_total{status="500"} > 0', 'createonce_creations_total has no label status'],
    ['createonce_creations_total{code="internal"} > 0', 'code is never internal'],
    ['sum by (pod) (createonce_creations_total) > 0', 'grouped by pod'],
    ['createonce_store_duration_seconds > 0', 'no metric createonce_store_duration_seconds'],
  ])('would be found wrong: %s', (expression, fault) => expect(faultsOf(expression)).toContain(fault))

  it('have an id each, which is no code of a problem', () => {
    const ids = alerts.map(({ id }) => id)
    expect(new Set([...ids, ...Object.keys(problemCatalogue)]).size).toBe(
      ids.length + Object.keys(problemCatalogue).length,
    )
    for (const id of ids) expect(id).toMatch(/^Createonce[A-Za-z]+$/)
  })

  it('are the rule file, each with its summary and its entry in the runbook', () => {
    expect(file).toBe(toPrometheusRules(alerts))
    const { groups } = parse(file) as { groups: { name: string; rules: object[] }[] }
    expect(groups).toEqual([
      {
        name: 'createonce',
        rules: alerts.map(({ id, title, expression, for: lasting, severity, meaning }) => ({
          alert: id,
          expr: expression,
          for: lasting,
          labels: { severity },
          annotations: { summary: title, description: meaning, runbook: `createonce explain ${id}` },
        })),
      },
    ])
  })
})

describe('the page of the metrics', () => {
  it('has the rows of the metric table, and no others', () => {
    expect(tableRows(page, 'Prometheus')).toEqual(
      Object.entries(metrics).map(([name, { prometheus, type, unit, labels: own, meaning }]) => [
        `\`${prometheus}\``,
        `\`${name}\``,
        type,
        `\`${unit}\``,
        own.map((label) => `\`${label}\``).join(', '),
        meaning,
      ]),
    )
  })

  it('has every label with its attribute', () => {
    expect(tableRows(page, 'label')).toEqual(
      Object.entries(labels).map(([name, { attribute, meaning }]) => [`\`${name}\``, `\`${attribute}\``, meaning]),
    )
  })

  it('has every alert', () => {
    expect(tableRows(page, 'alert')).toEqual(
      alerts.map(({ id, severity, for: lasting, title, expression }) => [
        `\`${id}\``,
        severity,
        lasting,
        title,
        `\`${expression.replaceAll('|', '\\|')}\``,
      ]),
    )
  })
})
