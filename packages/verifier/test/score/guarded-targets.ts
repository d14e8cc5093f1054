import type { HeaderLine } from '../../src/index.ts'
import { launch } from '../../src/index.ts'
import { crashFlaws } from '../targets/crash/crash-flaws.ts'
import { notesCommand } from '../targets/crash/start-notes.ts'
import type { Disguise } from '../targets/disguise.ts'
import { pageFlaws } from '../targets/pages/page-flaws.ts'
import { type PageChoices, startPages } from '../targets/pages/pages.ts'
import { alice, bob, startVault, type VaultChoices } from '../targets/vault/vault.ts'
import { vaultFlaws } from '../targets/vault/vault-flaws.ts'
import type { Copy, ScoredApi, ScoreTarget } from './target.ts'

const words = {
  vault: [
    ['secrets', 'letters'],
    ['tags', 'labels'],
    ['"text"', '"content"'],
  ],
  pages: [
    ['pages', 'articles'],
    ['slug', 'headline'],
    ['"text"', '"content"'],
  ],
  notes: [
    ['notes', 'memos'],
    ['note', 'memo'],
    ['Note', 'Memo'],
  ],
} as const satisfies Record<string, Disguise>
const checks = {
  vault: ['auth-challenge-401', 'other-principal-cannot-read', 'conflict-no-leak', 'idem-key-scope'],
  pages: [
    'cors-exposes-location',
    'location-host-injection',
    'location-path-encoding',
    'location-no-crlf',
    'idem-window-honoured',
  ],
  notes: ['created-survives-crash', 'crash-no-duplicate', 'idem-no-lost-effect'],
}

/**
 * The targets that need more than a document: two principals, attacks that were asked for, a process that may be killed. Each
 * is small, and judged by the checks that are about that.
 */
export function guardedTargets(): readonly ScoreTarget[] {
  return [
    { name: 'right: a vault with two principals', finds: [], also: [], start: (copy) => vault({}, copy) },
    { name: 'right: a wiki that is attacked', finds: [], also: [], start: (copy) => wiki({}, copy) },
    { name: 'right: notes that are killed', finds: [], also: [], start: (copy) => notes('right', copy) },
    ...vaultFlaws.map(({ name, check, choices }) => ({
      ...flawed(name, 'vault', check),
      start: (copy: Copy) => vault(choices, copy),
    })),
    ...pageFlaws.map(({ name, check, choices }) => ({
      ...flawed(name, 'wiki', check),
      // What is not encoded breaks paths as well as lines.
      also: check === 'location-no-crlf' ? ['location-path-encoding'] : [],
      start: (copy: Copy) => wiki(choices, copy),
    })),
    ...crashFlaws.map(({ way, check }) => ({
      ...flawed(way, 'notes', check),
      // One gap between key and row shows in several ways, by where the kill falls.
      also: checks.notes,
      start: (copy: Copy) => notes(way, copy),
    })),
  ]
}

const flawed = (name: string, where: string, check: string) => ({
  name: `${name} (${where})`,
  finds: [check],
  also: [],
})

async function vault(choices: Partial<VaultChoices>, copy: Copy): Promise<ScoredApi> {
  let count = 0
  const running =
    copy === 'own words'
      ? await startVault(choices)
      : await startVault({ nextId: () => String(1000 + ++count), ...choices }, words.vault)
  const headers: readonly HeaderLine[] = alice
  return { ...running, options: { checks: checks.vault, headers, otherHeaders: bob } }
}

/** Its clock is moved by waiting. */
async function wiki(choices: Partial<PageChoices>, copy: Copy): Promise<ScoredApi> {
  let now = 0
  const running = await startPages({ now: () => now, ...choices }, copy === 'own words' ? [] : words.pages)
  const sleep = async (ms: number) => {
    now += ms
  }
  return { ...running, options: { checks: checks.pages, hostile: true, sleep } }
}

async function notes(way: string, copy: Copy): Promise<ScoredApi> {
  const { url, command } = await notesCommand(way, copy === 'own words' ? [] : words.notes)
  const api = await launch(command, { url })
  return { document: `${url}/openapi.json`, close: () => api.stop(), options: { checks: checks.notes, start: api } }
}
