import { signal } from '@preact/signals'

/** A sentence about what does not work at the moment. */
export const problem = signal<string | undefined>(undefined)

/** Shows a sentence at the head of the shop until the next page. */
export function reportProblem(sentence: string): void {
  problem.value = sentence
}
