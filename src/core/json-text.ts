import { InputError } from './input-error'

/**
 * Parses JSON from outside. A byte order mark at its start is ignored.
 *
 * @param problem is said if the text is not JSON, in whole sentences
 * @throws InputError with the problem, and the reason of the parser
 */
export function readJsonText(text: string, problem: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new InputError(`${problem} (${(error as Error).message})`, { cause: error })
  }
}
