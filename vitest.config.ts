import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // By default one core is left idle; on two cores that is half of them.
    maxWorkers: '100%',
    projects: [
      {
        // The app on Node with an embedded libSQL file per test, and everything that is pure.
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/runtimes/worker*.test.ts', 'tests/browser/**'],
          testTimeout: 60_000,
        },
      },
      {
        // The same journeys against the bundle that would be deployed: workerd, with libsql-server behind it.
        test: {
          name: 'worker',
          include: ['tests/journeys/**/*.test.ts', 'tests/api/**/*.test.ts', 'tests/runtimes/worker*.test.ts'],
          globalSetup: ['tests/support/global-worker.ts'],
          testTimeout: 60_000,
        },
      },
      {
        // Pages in a real browser.
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/support/global-browser.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
