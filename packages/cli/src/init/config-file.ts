import type { NewFile } from './new-file.ts'
import type { Project } from './project.ts'
import { quoted } from './quoted.ts'

/** The configuration: in TypeScript or JavaScript with comments, in JSON where there is neither. */
export function configFile(project: Project): NewFile {
  const what = 'the configuration: one profile for each environment'
  if (!project.hasManifest) return { path: 'createonce.config.json', text: inJson(project), what }
  const { isTypeScript } = project
  // Only a type is imported, so that the file is read also where the package is not installed.
  const text = isTypeScript
    ? `import type { Config } from 'createonce/config'\n\n${HEAD}export default ${body(project)} satisfies Config\n`
    : `${HEAD}/** @type {import('createonce/config').Config} */\nexport default ${body(project)}\n`
  return { path: `createonce.config.${isTypeScript ? 'ts' : 'mjs'}`, text, what }
}

const HEAD = `// Where the same workflow runs: \`npx --no-install createonce verify --profile local\`.
// In every text, \${NAME} stands for an environment variable: credentials never stand in this file.
`

function body({ baseUrl, document, ready }: Project): string {
  return `{
  // The profile that is meant where none is named.
  profile: 'local',
  profiles: {
    local: {
      baseUrl: ${quoted(baseUrl)},
      // The OpenAPI document, a URL or a file beside this one; left out, it is looked for below baseUrl.
      ${document === undefined ? "// document: 'openapi.yaml'," : `document: ${quoted(document)},`}
      // What answers 2xx when the service is ready.
      ${ready === undefined ? "// ready: '/health/ready'," : `ready: ${quoted(ready)},`}
      // On every request.
      // headers: { Authorization: 'Bearer \${LOCAL_TOKEN}' },
      // What your creations promise, where the document does not say it; for one operation: { createOrder: 'required' }.
      // duplicates: 'reject', // or 'return-existing', 'allow'
      // idempotency: 'optional', // or 'required', 'off'
      // unique: ['createUser=email'],
      // Bounds on what a run may do.
      // limits: { timeoutMs: 10_000, maxRequests: 5_000 },
      // What \`createonce doctor\` looks at before the service starts.
      // prerequisites: { environment: [{ name: 'DATABASE_URL', format: 'postgres-url' }] },
    },
    // staging: {
    //   baseUrl: 'https://staging.example.com',
    //   headers: { Authorization: 'Bearer \${STAGING_TOKEN}' },
    //   create: 'yes', // leave to create (and delete again) on a host that is not this machine
    //   limits: { requestsPerSecond: 20 },
    // },
    // production: {
    //   baseUrl: 'https://api.example.com',
    //   headers: { Authorization: 'Bearer \${PRODUCTION_TOKEN}' },
    //   create: 'never', // reads only
    // },
  },
}`
}

function inJson({ baseUrl, document, ready }: Project): string {
  const local = { baseUrl, ...(document !== undefined && { document }), ...(ready !== undefined && { ready }) }
  return `${JSON.stringify({ profile: 'local', profiles: { local } }, null, 2)}\n`
}
