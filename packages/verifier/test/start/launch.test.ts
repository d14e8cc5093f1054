import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type ApiProcess, launch, loadTarget, StartError, verify } from '../../src/index.ts'
import { notesCommand } from '../targets/crash/start-notes.ts'

const stopRun = (controller: AbortController, api: ApiProcess) => {
  controller.abort()
  return api.kill()
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe('an API that is launched', () => {
  test('answers when launch resolves, is silent after a kill, and answers again after a start', async () => {
    const { url, command } = await notesCommand('right')
    const api = await launch(command, { url })
    expect(await answers(url)).toBe(true)
    await api.kill()
    expect(await answers(url)).toBe(false)
    await api.start()
    expect(await answers(url)).toBe(true)
    await api.stop()
    expect(await answers(url)).toBe(false)
  })

  test('is killed with everything that its command started', async () => {
    const { url, command } = await notesCommand('right')
    const api = await launch(`sh -c '${command}; true'; true`, { url })
    await api.kill()
    expect(await answers(url)).toBe(false)
  })

  test('is started at most once at a time', async () => {
    const { url, command } = await notesCommand('right')
    const api = await launch(command, { url })
    await api.start()
    await api.stop()
    expect(await answers(url)).toBe(false)
  })

  test('is stopped with SIGTERM, so that it can say goodbye', async () => {
    const { url } = await notesCommand('right')
    const script = `process.on('SIGTERM', () => { console.log('bye'); process.exit() }); require('http').createServer((q, s) => s.end()).listen(${new URL(url).port}, '127.0.0.1')`
    const api = await launch(`"${process.execPath}" -e "${script}"`, { url })
    await api.stop()
    expect(await answers(url)).toBe(false)
  })
})

describe('what cannot be launched is said', () => {
  test('when somebody answers there already', async () => {
    const server = http.createServer((_, response) => response.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expect(launch('true', { url })).rejects.toThrow(/somebody answers .* already/)
    server.close()
  })

  test('when the command ends, with what it said', async () => {
    const { url } = await notesCommand('right')
    await expect(launch('echo no such module >&2; exit 1', { url })).rejects.toThrow(
      /the command ended before .* no such module/,
    )
  })

  test('when nobody answers in time, and nothing is left running', async () => {
    const { url, command } = await notesCommand('right')
    const other = await notesCommand('right')
    await expect(launch(command, { url: other.url, startMs: 700 })).rejects.toThrow(/did not answer .* within 700 ms/)
    expect(await answers(url)).toBe(false)
  })

  test('when it is on another machine', async () => {
    await expect(launch('true', { url: 'http://api.example.com' })).rejects.toThrow(StartError)
  })
})

describe('a run that starts the API itself', () => {
  test('stops it at its end', async () => {
    const { url, command } = await notesCommand('right')
    const known = await launch(command, { url })
    const target = await loadTarget(`${url}/openapi.json`)
    await known.stop()
    const run = verify({ target, start: command, checks: ['created-status-201'], seed: 1 })
    let step = await run.next()
    while (!step.done) step = await run.next()
    expect(step.value.results.map(({ verdict }) => verdict)).toEqual(['pass'])
    expect(step.value.leftovers).toEqual([])
    expect(await answers(url)).toBe(false)
  })

  test('starts it once more when it is stopped right after a kill, and deletes what was created', async () => {
    const { url, command } = await notesCommand('right')
    const api = await launch(command, { url })
    const controller = new AbortController()
    const killed = { ...api, kill: () => stopRun(controller, api) }
    const target = await loadTarget(`${url}/openapi.json`)
    const run = verify({ target, start: killed, checks: ['crash-no-duplicate'], signal: controller.signal, seed: 1 })
    let step = await run.next()
    while (!step.done) step = await run.next()
    expect(step.value.results.map(({ verdict }) => verdict)).toEqual(['inconclusive'])
    expect(await (await fetch(`${url}/notes`)).json()).toEqual([])
    await api.stop()
  })

  test('concludes nothing when what it killed answers on', async () => {
    const { url, command } = await notesCommand('right')
    const api = await launch(command, { url })
    const deaf = { ...api, kill: () => Promise.reject(new StartError(`${url} answers on after SIGKILL`)) }
    const run = verify({
      target: await loadTarget(`${url}/openapi.json`),
      start: deaf,
      checks: ['created-survives-crash'],
      seed: 1,
    })
    let step = await run.next()
    while (!step.done) step = await run.next()
    expect(step.value.results[0]).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('answers on after SIGKILL'),
    })
    await api.stop()
  })
})
