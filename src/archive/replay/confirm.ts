import { createInterface } from 'node:readline'
import { InputError } from '../../core'
import { formatCountOf } from '../preflight/numbers'

/** The terminal on which a person is asked. */
export type Terminal = {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream
}

/**
 * Asks a person to type the number of events before anything is sent.
 *
 * @throws InputError if nobody can be asked, or if the answer is not that number
 */
export async function confirm(events: number, { input, output }: Terminal): Promise<void> {
  if (!input.isTTY) {
    throw new InputError('Nobody can be asked here, because standard input is not a terminal. To send, add --yes.')
  }
  // Without the editing of a terminal, Ctrl-C ends the process.
  const lines = createInterface({ input, output, terminal: false })
  try {
    output.write(`This sends ${formatCountOf(events, 'event')} to Topsort. To go on, type the number of events: `)
    const line = await lines[Symbol.asyncIterator]().next()
    const answer = line.done ? '' : line.value
    if (answer.replace(/[\s,.']/g, '') !== String(events)) {
      throw new InputError(`Nothing was sent, because the answer was not ${events}.`)
    }
  } finally {
    lines.close()
  }
}
