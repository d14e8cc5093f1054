import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemCatalogue } from '@createonce/server'
import { alerts } from '@createonce/server/observe'
import { checks } from '@createonce/verifier'
import { describe, expect, it } from 'vitest'
import { probes } from '../../src/doctor/probes.ts'
import { createonce, temporaryFolder } from '../createonce.ts'

function folderWith(runbook: object): string {
  const cwd = temporaryFolder()
  const config = { profiles: { local: { baseUrl: 'http://localhost:1' } }, runbook }
  writeFileSync(join(cwd, 'createonce.config.json'), JSON.stringify(config))
  return cwd
}

describe.concurrent('createonce explain', () => {
  it('tells what a code means and what to do first, without any configuration', async () => {
    const { code, stdout, stderr } = await createonce(['explain', 'store-unavailable'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('store-unavailable (problem)\nThe store cannot be reached\n')
    expect(stdout).toContain('\nFirst response\n  Bring the database back')
  })

  it('is one JSON document with --json', async () => {
    const { code, stdout } = await createonce(['explain', 'location-present', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, code: 'location-present', kind: 'check', links: [] })
  })

  it('has the own words of the configuration', async () => {
    const cwd = folderWith({ overloaded: { escalation: 'Call 555.', links: ['https://dash.example/db'] } })
    const { stdout } = await createonce(['explain', 'overloaded'], { cwd })
    expect(stdout).toContain('\nEscalation\n  Call 555.\n\nLinks\n  https://dash.example/db\n')
  })

  it('answers without them where the configuration is wrong, and says so', async () => {
    const cwd = folderWith({ overlaoded: { escalation: 'Call 555.' } })
    const { code, stdout, stderr } = await createonce(['explain', 'overloaded'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('Too many requests are waiting')
    expect(stderr).toContain(
      'your own entries are left out: runbook.overlaoded: there is no such code; is overloaded meant?',
    )
  })

  it('refuses a code that is none with exit code 2, and suggests', async () => {
    expect(await createonce(['explain', 'store-unavailble'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'createonce: there is no code store-unavailble; is store-unavailable meant? `createonce runbook` lists all of them.\n',
    })
  })
})

describe.concurrent('createonce runbook', () => {
  it('prints Markdown with every code as an anchor, and the own entries', async () => {
    const own = { title: 'Mail is late', meaning: 'The queue is long.', firstResponse: 'Add a worker.' }
    const { code, stdout, stderr } = await createonce(['runbook'], { cwd: folderWith({ 'mail-late': own }) })
    expect([code, stderr]).toEqual([0, ''])
    const anchors = [...stdout.matchAll(/<a id="(.+)"><\/a>/g)].map(([, anchor]) => anchor)
    const tables = [...alerts, ...probes, ...checks].map(({ id }) => id)
    expect(anchors).toEqual([...Object.keys(problemCatalogue), ...tables, 'mail-late'])
    for (const [, target] of stdout.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target)
  })

  it('writes a file, and says how much is in it', async () => {
    const cwd = temporaryFolder()
    const { code, stdout, stderr } = await createonce(['runbook', '--format', 'html', '--out', 'runbook.html'], { cwd })
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^\d+ entries in runbook\.html\n$/)
    expect(readFileSync(join(cwd, 'runbook.html'), 'utf8')).toContain('<article id="overloaded"')
  })

  it.each([
    [['--out', 'no/such/folder.md'], 'cannot be written to no/such/folder.md'],
    [['--format', 'pdf'], 'Allowed choices are md, html'],
  ])('refuses %j with exit code 2', async (options, message) => {
    const { code, stdout, stderr } = await createonce(['runbook', ...options])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('refuses an entry that it cannot place', async () => {
    const { code, stderr } = await createonce(['runbook'], { cwd: folderWith({ overlaoded: { escalation: 'x' } }) })
    expect([code, stderr]).toEqual([2, expect.stringContaining('is overloaded meant?')])
  })
})
