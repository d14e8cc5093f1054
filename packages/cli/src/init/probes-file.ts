import type { NewFile } from './new-file.ts'
import type { Project } from './project.ts'

/** Health probes for a container of Kubernetes. */
export function probesFile({ baseUrl, ready, live }: Project): NewFile {
  const { port, protocol, pathname } = new URL(baseUrl)
  const prefix = pathname.replace(/\/$/, '')
  const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  const probe = (path: string): string => `  httpGet:
    path: ${JSON.stringify(`${prefix}${path}`)}
    port: ${number}${protocol === 'https:' ? '\n    scheme: HTTPS' : ''}
`
  const advice =
    ready === undefined || live === undefined
      ? `# The sources name no ${ready === undefined ? (live === undefined ? 'health check' : 'check of readiness') : 'check of liveness'}: the service has yet to answer at these paths.\n`
      : ''
  return {
    path: 'createonce-probes.yaml',
    what: 'health probes for Kubernetes, to be put into your Deployment',
    text: `# Health probes: put these three beside \`image:\` in the container of your Deployment.
${advice}
# Ready: the database answers too. Until it does, no requests are sent here; nothing is killed.
readinessProbe:
${probe(ready ?? '/health/ready')}  periodSeconds: 5
  timeoutSeconds: 2
  failureThreshold: 2

# Alive: the process answers. It must not ask the database, or a database that is gone restarts every copy at once.
livenessProbe:
${probe(live ?? '/health/live')}  periodSeconds: 10
  timeoutSeconds: 2
  failureThreshold: 3

# Until it has started once, the other two wait: up to a minute.
startupProbe:
${probe(live ?? '/health/live')}  periodSeconds: 2
  failureThreshold: 30
`,
  }
}
