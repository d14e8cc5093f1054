import { relative } from 'node:path'
import type { NewFile } from './new-file.ts'
import type { Project } from './project.ts'

/** The workflow for GitHub: starts the service, tries it, judges it, and shows what was found beside the code. */
export function workflowFile(project: Project, start: string): NewFile {
  const { folder, repository, packageManager, hasLockFile, hasBuildScript } = project
  const { name, install, installUnlocked, run } = packageManager
  const inside = relative(repository, folder).replaceAll('\\', '/')
  const report = `${inside === '' ? '' : `${inside}/`}createonce.sarif`
  const setUp = {
    npm: '',
    pnpm: '      # Brings pnpm, in the version that package.json names.\n      - run: corepack enable\n',
    yarn: '      # Brings yarn, in the version that package.json names.\n      - run: corepack enable\n',
    bun: '      - uses: oven-sh/setup-bun@v2\n',
  }[name]
  const cache = hasLockFile && name !== 'bun' ? `\n          cache: ${name}` : ''
  const lock =
    inside === '' || cache === '' ? '' : `\n          cache-dependency-path: '**/${packageManager.lockFiles[0]}'`
  const text = `# Starts the service and lets Createonce try its creations. Written by \`createonce init\`; it is yours.
name: createonce

on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read
  # For the findings beside the code.
  security-events: write

jobs:
  creations:
    runs-on: ubuntu-latest
    timeout-minutes: 15${inside === '' ? '' : `\n    defaults:\n      run:\n        working-directory: ${JSON.stringify(inside)}`}
    steps:
      - uses: actions/checkout@v5
${setUp}      - uses: actions/setup-node@v5
        with:
          node-version: 22${cache}${lock}
      - name: Install
        run: ${hasLockFile ? install : installUnlocked}
${hasBuildScript ? `      - name: Build\n        run: ${run('build')}\n` : ''}      - name: Start the service
        run: |
          ${start} > createonce-service.log 2>&1 &
      - name: Smoke
        run: npx --no-install createonce smoke --profile local --wait 60s
      - name: Verify
        # What is known already need not fail it: --baseline createonce-baseline.json, written with --update-baseline.
        run: npx --no-install createonce verify --profile local --report sarif=createonce.sarif --report github=-
      - name: Show the findings beside the code
        # Not for forks, whose token may not write, and no failure where a private repository has no code scanning.
        if: \${{ always() && hashFiles('${report}') != '' && !github.event.pull_request.head.repo.fork }}
        continue-on-error: true
        uses: github/codeql-action/upload-sarif@v4
        with:
          sarif_file: ${JSON.stringify(report)}
          category: createonce
      - name: What the service said
        if: \${{ failure() }}
        run: cat createonce-service.log
`
  return {
    path: `${relative(folder, repository).replaceAll('\\', '/')}/.github/workflows/createonce.yml`.replace(/^\//, ''),
    what: 'the workflow for GitHub: start, smoke, verify, findings beside the code',
    text,
  }
}
