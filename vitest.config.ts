import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        // The app on Node with an embedded libSQL file per test, and everything that is pure.
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/runtimes/**', 'tests/browser/**'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
