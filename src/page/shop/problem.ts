import { signal } from '@preact/signals'

/** A sentence about a current problem. */
export const problem = signal<string | undefined>(undefined)

/** Shows a sentence at the top of the shop until the next page. */
export function reportProblem(sentence: string): void {
  problem.value = sentence
}
