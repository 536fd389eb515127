export * from './areas.ts'
export * from './declarations.ts'
export * from './feeds.ts'
export * from './grants.ts'
export * from './imports.ts'
export * from './log.ts'
export * from './mandates.ts'
export * from './notices.ts'
export * from './organisations.ts'
export * from './patents.ts'
export * from './people.ts'
export * from './projections.ts'
export * from './registry.ts'
export * from './usage.ts'

/** How many migrations this code needs; it refuses to serve on a database with fewer. */
export const schemaVersion = 3
