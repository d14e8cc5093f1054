import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { neutralise, type Operation, type OverrideOptions, TargetError } from '@createonce/verifier/document'
import { type BuiltService, buildService } from '../serve/build-service.ts'
import { conditionLines } from '../serve/conditions/condition-lines.ts'
import type { Conditions } from '../serve/conditions/conditions.ts'
import { openRecording } from '../serve/conditions/record/open-recording.ts'
import { loadData } from '../serve/data/load-data.ts'
import { readData } from '../serve/data/read-data.ts'
import { validateBeside } from '../serve/document/validate-beside.ts'
import { createMetrics } from '../serve/pages/metrics/create-metrics.ts'
import { type Contract, readContract } from '../serve/read-contract.ts'
import { openRows } from '../serve/rows/open-rows.ts'
import type { Rows } from '../serve/rows/rows.ts'
import type { Credentials } from '../serve/security/credentials/credentials.ts'
import { type Security, toSecurity } from '../serve/security/to-security.ts'
import { startList } from '../serve/start-list.ts'
import { watchFile } from '../serve/watch/watch-file.ts'
import { UsageError } from '../usage-error.ts'
import { explainTargetError } from './explain-target-error.ts'
import { type Address, listen } from './listen.ts'

/** How a document is served. */
export interface DocumentAddress extends Address, OverrideOptions {
  readonly document: string
  readonly store: string
  readonly publicBaseUrl?: string
  readonly conditions: Conditions
  readonly credentials: Credentials
  readonly data?: string
  /** Whose the initial resources are, where a principal is asked for. */
  readonly dataPrincipal?: string
  /** Serves the document anew when its file changes. */
  readonly watch?: boolean
  /** Tells people what is served, line by line. */
  readonly tell: (lines: readonly string[]) => void
}

/** A service that accepts requests. */
export interface RunningDocument {
  readonly url: string
  /** Finishes what is running, then closes the database. */
  stop(): Promise<void>
}

/** Serves a document, and says in a sentence what is wrong where that fails. */
export async function startDocument(options: DocumentAddress): Promise<RunningDocument> {
  const { conditions, tell, host } = options
  const data = options.data === undefined ? undefined : await readData(options.data)
  const contract = await readOrExplain(options)
  const metrics = createMetrics()
  const folder = options.store === 'memory:' ? mkdtempSync(join(tmpdir(), 'createonce-')) : undefined
  const store = folder === undefined ? options.store : `sqlite:${join(folder, 'data.db')}`
  const recording = conditions.record === undefined ? undefined : openRecording(conditions.record)

  async function serve(of: Contract): Promise<Serving> {
    const tables = of.plan.resources.map(({ table }) => table)
    const rows = await openRows(store, tables, { observe: metrics.observe })
    const security = toSecurity(of.read.document, options.credentials)
    try {
      const { publicBaseUrl } = options
      const built = await buildService({
        contract: of,
        rows,
        security,
        conditions,
        metrics,
        logs: true,
        ...(publicBaseUrl !== undefined && { publicBaseUrl }),
        ...(recording !== undefined && { recording }),
      })
      if (data !== undefined) {
        const ownerOf = ownerOfData(security, options)
        const loaded = await loadData({ data, plan: of.plan, creations: built.creations, rows, ownerOf })
        tell([
          `data: ${loaded.created} created${loaded.leftAlone.map((path) => `; ${path} has some already`).join('')}`,
        ])
      }
      const { generated } = security
      const notes =
        generated !== undefined && security.isNeededFor(of.plan.served.map(({ operation }) => operation))
          ? [`No --token is given; for this run there is one, of ${generated.name}: ${generated.token}`]
          : []
      return { ...built, notes: [...built.notes, ...notes], rows }
    } catch (error) {
      await rows.close()
      throw error
    }
  }

  const close = async (): Promise<void> => {
    recording?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  const tellWarnings = (warnings: readonly string[]): void =>
    tell(warnings.map((warning) => neutralise(`note: ${warning}`)))
  let serving: Serving
  let stopValidating: () => Promise<void>
  let url: string
  try {
    serving = await serve(contract)
    tell([...startList(contract, serving.notes), ...conditionLines(conditions, recording?.file)])
    url = await listen(serving.app, options)
    stopValidating = validateBeside(options.document, tellWarnings)
  } catch (error) {
    await close()
    throw error
  }

  let changing = Promise.resolve()
  const unwatch =
    options.watch !== true
      ? undefined
      : watchFile(options.document, () => {
          changing = changing.then(reload)
        })
  /** What cannot be served leaves in place what is. */
  async function reload(): Promise<void> {
    try {
      const next = await readOrExplain(options)
      const before = serving
      const after = await serve(next)
      await before.app.close()
      serving = after
      await listen(after.app, { host, port: Number(new URL(url).port) })
      await before.rows.close()
      tell([...startList(next, after.notes), 'The document has changed, and is served anew.'])
      await stopValidating()
      stopValidating = validateBeside(options.document, tellWarnings)
    } catch (error) {
      tell([
        neutralise(
          `The document has changed, and cannot be served; what was served before still is. ${(error as Error).message}`,
        ),
      ])
    }
  }

  return {
    url,
    async stop() {
      unwatch?.()
      await changing
      await stopValidating()
      await serving.app.close()
      await serving.rows.close()
      await close()
    },
  }
}

interface Serving extends BuiltService {
  readonly rows: Rows<unknown>
}

async function readOrExplain(options: DocumentAddress): Promise<Contract> {
  try {
    return await readContract(options.document, options, options.credentials)
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    throw new UsageError(
      explainTargetError(error)
        .replace(/^createonce: /, '')
        .trimEnd(),
    )
  }
}

/** Whose initial resources are: nobody's where nobody has to say who they are, otherwise of who is named, or of the one there is. */
function ownerOfData(security: Security, { dataPrincipal }: DocumentAddress): (operation: Operation) => string {
  const owner = dataPrincipal ?? security.generated?.name
  return (operation) => {
    if (security.checkOf(operation) === undefined) return ''
    if (owner !== undefined) return owner
    throw new UsageError(
      `The data is for ${operation.method} ${operation.path}, where each principal sees its own. Say whose it is with --data-principal NAME.`,
    )
  }
}
