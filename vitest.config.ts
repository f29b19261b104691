import { availableParallelism } from 'node:os'
import { playwright } from '@vitest/browser-playwright'
import solid from 'vite-plugin-solid'
import { configDefaults, defineConfig } from 'vitest/config'
import { chromiumPath, launchArgs } from './tests/support/chromium.ts'

const executablePath = await chromiumPath()

/** Long suites: not in `npm run check`. */
const SLOW = [
  'tests/scenario/**/*.test.ts',
  'tests/simulation/**/*.test.ts',
  'tests/corpus/**/*.test.ts',
  'tests/**/*.slow.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // One process a core keeps libsodium and Automerge between files: starting them anew was half of the CPU time.
          isolate: false,
          maxWorkers: '100%',
          // A busy machine is slow, not wrong.
          testTimeout: 60_000,
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SLOW, 'tests/browser/**', 'tests/**/*.browser.test.ts'],
          setupFiles: ['tests/support/setup.ts', 'tests/support/all-words.ts'],
        },
      },
      {
        test: {
          name: 'slow',
          environment: 'node',
          // Two files a core: most of them wait for clocks now and then.
          maxWorkers: availableParallelism() * 2,
          include: SLOW,
          setupFiles: ['tests/support/setup.ts', 'tests/support/all-words.ts', 'tests/support/quick-passphrase.ts'],
          testTimeout: 600_000,
          // Some start a PostgreSQL first.
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [solid()],
        test: {
          name: 'ui',
          include: ['tests/app/ui/**/*.test.tsx', 'tests/**/*.browser.test.ts'],
          // As in `tests/support/stories.ts`: a hiccup of a machine shared with others passes then, a defect fails twice.
          retry: 1,
          setupFiles: ['tests/support/all-words.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath, args: launchArgs },
              contextOptions: { locale: 'en-US' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          expect: { poll: { timeout: 30_000 } },
          env: { CHROME: executablePath },
        },
      },
    ],
  },
})
