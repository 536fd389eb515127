/** Limits that the shapes of several folders share. Each is documented, and tested. */

/** One check, one grant, one number list: what one answer can carry within a Worker's CPU time. */
export const numbersPerCallMax = 1000
