/** How a project is installed and started, where it is kept with one of the package managers. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  readonly lockFiles: readonly string[]
  /** In CI: exactly what the lock file says. */
  readonly install: string
  /** Where there is no lock file. */
  readonly installUnlocked: string
  /** Runs a script of package.json. */
  run(script: string): string
}

/** The package managers, by their lock files; the first is meant where nothing tells. */
export const packageManagers: readonly PackageManager[] = [
  {
    name: 'npm',
    lockFiles: ['package-lock.json', 'npm-shrinkwrap.json'],
    install: 'npm ci',
    installUnlocked: 'npm install',
    run: (script) => (script === 'start' ? 'npm start' : `npm run ${script}`),
  },
  {
    name: 'pnpm',
    lockFiles: ['pnpm-lock.yaml'],
    install: 'pnpm install --frozen-lockfile',
    installUnlocked: 'pnpm install --no-frozen-lockfile',
    run: (script) => `pnpm run ${script}`,
  },
  {
    name: 'yarn',
    lockFiles: ['yarn.lock'],
    // Yarn 1 and later ones have different options for it, and CI=true makes all of them strict.
    install: 'yarn install',
    installUnlocked: 'yarn install',
    run: (script) => `yarn run ${script}`,
  },
  {
    name: 'bun',
    lockFiles: ['bun.lock', 'bun.lockb'],
    install: 'bun install --frozen-lockfile',
    installUnlocked: 'bun install',
    run: (script) => `bun run ${script}`,
  },
]
