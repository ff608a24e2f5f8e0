import { InputError } from './input-error'

/**
 * Parses JSON from outside. A byte order mark at its start is ignored.
 *
 * @param problem one or more sentences about text that is not JSON
 * @throws InputError with the problem and the parser's message
 */
export function readJsonText(text: string, problem: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new InputError(`${problem} (${(error as Error).message})`, { cause: error })
  }
}
