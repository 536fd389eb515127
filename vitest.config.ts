import { defineConfig } from 'vitest/config'

/** These measure the process that they run in: it is to be of their own. */
const measured = ['tests/imports/reading/spreadsheet/unpack.test.ts']

export default defineConfig({
  test: {
    // By default one core is left idle; on two cores that is half of them.
    maxWorkers: '100%',
    // Files share processes, and so the modules that they have read: reading them anew for each file took longer than the
    // tests. src/ keeps nothing between requests but constants once computed; what a test replaces is put back after it.
    isolate: false,
    restoreMocks: true,
    projects: [
      {
        // The app on Node with an embedded libSQL file per test, and everything that is pure.
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/runtimes/worker*.test.ts', 'tests/browser/**', ...measured],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'measured', include: measured, isolate: true, testTimeout: 60_000 },
      },
      {
        // The same journeys against the bundle that would be deployed: workerd, with libsql-server behind it.
        extends: true,
        test: {
          name: 'worker',
          include: ['tests/journeys/**/*.test.ts', 'tests/api/**/*.test.ts', 'tests/runtimes/worker*.test.ts'],
          globalSetup: ['tests/support/global-worker.ts'],
          testTimeout: 60_000,
        },
      },
      {
        // Pages in a real browser.
        extends: true,
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
