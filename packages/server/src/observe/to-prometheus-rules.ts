import type { Alert } from './alerts.ts'

/** The alerts as a rule file of Prometheus. Every text is quoted as JSON quotes it, which YAML reads alike. */
export function toPrometheusRules(alerts: readonly Alert[]): string {
  const rules = alerts.map(
    ({ id, title, expression, for: lasting, severity, meaning }) => `      - alert: ${id}
        expr: ${JSON.stringify(expression)}
        for: ${lasting}
        labels:
          severity: ${severity}
        annotations:
          summary: ${JSON.stringify(title)}
          description: ${JSON.stringify(meaning)}
          runbook: ${JSON.stringify(`createonce explain ${id}`)}
`,
  )
  return `# Written by scripts/write-alerts.mjs from packages/server/src/observe/alerts.ts.
groups:
  - name: createonce
    rules:
${rules.join('')}`
}
