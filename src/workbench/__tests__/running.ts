import type { Timing } from '../../pipeline'
import { startWorkbench } from '../server'
import type { Workbench, WorkbenchOptions } from '../server'

/** Fast retries, and batches that wait until a test asks for them. */
const TIMING: Timing = { batchWait: 60_000, backOff: 2, random: Math.random }

/** Starts a workbench for a test on a free port. Its own errors fail the test. */
export function start(options: Partial<WorkbenchOptions> = {}): Promise<Workbench> {
  const log = (line: string): void => {
    throw new Error(line)
  }
  return startWorkbench({ port: 0, timing: TIMING, log, ...options })
}

/** Sends a request with a JSON body. The target is `METHOD /path`, or `/path` for GET. */
export async function call({ url }: Workbench, target: string, body?: unknown, headers: Record<string, string> = {}) {
  const [path, method = 'GET'] = target.split(' ').reverse()
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url + path, { method, body: sent, headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as unknown }
}
