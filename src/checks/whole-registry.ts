import type { WholeCheck } from './model'

/** All checks that need all calls. */
export const wholeRegistry: readonly WholeCheck[] = []
