import type { Alert } from './alerts.ts'

/** The alerts as a rule file of Prometheus. */
export function toPrometheusRules(alerts: readonly Alert[]): string {
  const rules = alerts.map(
    ({ id, title, expression, for: lasting, severity, meaning }) => `      - alert: ${id}
        expr: ${quoted(expression)}
        for: ${lasting}
        labels:
          severity: ${severity}
        annotations:
          summary: ${quoted(title)}
          description: ${quoted(meaning)}
          runbook: ${quoted(`createonce explain ${id}`)}
`,
  )
  return `# Written by scripts/write-alerts.mjs from packages/server/src/observe/alerts.ts.
groups:
  - name: createonce
    rules:
${rules.join('')}`
}

/** A scalar of YAML that is read as this text; single quotes keep an expression readable. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text)
}
