// Writes the alert rules for Prometheus from their table; after `npm run build`.
import { writeFileSync } from 'node:fs'
import { alerts, toPrometheusRules } from '../packages/server/dist/observe/index.js'

const file = new URL('../packages/server/alerts/prometheus.yaml', import.meta.url)
writeFileSync(file, toPrometheusRules(alerts))
