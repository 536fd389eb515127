export * from './declarations.ts'
export * from './grants.ts'
export * from './log.ts'
export * from './notices.ts'
export * from './organisations.ts'
export * from './patents.ts'
export * from './people.ts'
export * from './registry.ts'

/** How many migrations this code needs; it refuses to serve on a database with fewer. */
export const schemaVersion = 2
