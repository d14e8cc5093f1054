import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('recipes/', import.meta.url))

/** Which APIs there are recipes for. */
export function recipeNames() {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
}

/**
 * What a recipe in recipes/ says. Its texts may name {port}, {base}, {folder} (an empty one for this run), {bin} and
 * {modules} (where the packages are), and what a first step took.
 *
 * @typedef {{
 *   name: string,
 *   version: string,
 *   language: string,
 *   install: { npm?: string[], pip?: string[], go?: string[] },
 *   postgres?: boolean,
 *   files?: Record<string, unknown>,
 *   env?: Record<string, string>,
 *   setup?: string[][],
 *   start: string[],
 *   ready: string,
 *   first?: { request: string, headers?: Record<string, string>, body?: unknown, take?: Record<string, string> }[],
 *   verify: { what: string, args: string[] }[],
 * }} Recipe
 *   `files` are written into the folder (JSON, or a text as it is); `setup` are commands that run before `start`;
 *   `ready` is a path that answers below 500 when the API serves; a step of `first` names a request as `POST /path`, and
 *   what to `take` from its JSON answer by pointer, or from a file as `file:NAME`; `args` are those of `createonce verify`.
 * @returns {Recipe}
 */
export function readRecipe(name) {
  return { name, ...JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) }
}
