/** Limits of imports. Each is documented, and tested. */

/** What the largest portfolios exported with abstracts come to, with room; J-PlatPat and Lens stop far below. */
export const importFileBytesMax = 100 * 1024 * 1024
/** A portfolio of the largest holders. */
export const importRowsMax = 200_000
/** Unfinished imports of one organisation: several officers at work, none in a loop. */
export const openImportsMax = 10
/** One chunk is read in one step: what a Worker's CPU time and one batch of the database carry with ease. */
export const chunkBytes = 128 * 1024
/** Rows decided or enrolled in one batch. */
export const rowsPerStepMax = 500
/** Chunks are written in groups of this many, so that an upload waits for few commits. */
export const chunksPerWriteMax = 8
/** How long one piece of work may take before another process takes it over. */
export const leaseSeconds = 60
/** A finished import is shown for so long; then its rows go. */
export const finishedDaysMax = 90
/** That an import was given up is known for so long, as long as its Idempotency-Key; nothing of its file is. */
export const droppedDaysMax = 1
/** A file that has not arrived whole by then never will. */
export const receivingMinutesMax = 60
/** Names shown at once for a decision; the rest follow when these are decided. */
export const namesShownMax = 200
/** Decisions in one request. */
export const decisionsPerCallMax = 1000
/** Patents made findable in one batch, after the last row is enrolled: many cost less each. */
export const documentsPerStepMax = 1000
/** Rows enrolled in one act: derived rows that they share are written once for all of them. */
export const rowsPerActMax = 1000
