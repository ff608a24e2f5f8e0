import { parseJson } from '../core/json'

/** An error answer of the workbench. The message is the workbench's own sentence. */
export class WorkbenchError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** The whole answer. It may have details besides the sentence. */
    readonly answer: object = {}
  ) {
    super(message)
    this.name = 'WorkbenchError'
  }
}

/** Reads JSON from a route of the workbench. @throws WorkbenchError */
export async function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return ask<Answer>('GET', path, undefined, signal)
}

/** Sends JSON and reads the answer. @throws WorkbenchError */
export async function put<Answer>(path: string, body: unknown): Promise<Answer> {
  return ask<Answer>('PUT', path, body)
}

/** Sends JSON and reads the answer. @throws WorkbenchError */
export async function post<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return ask<Answer>('POST', path, body, signal)
}

/** Deletes what a route of the workbench has. @throws WorkbenchError */
export async function remove(path: string): Promise<void> {
  await ask('DELETE', path)
}

/** Returns why a route does not answer, because browsers give no reason for a stream. The status is 200 if it answers. */
export async function whyRefused(path: string): Promise<{ status: number; reason: string }> {
  const stop = new AbortController()
  const response = await fetch(path, { signal: stop.signal }).catch(() => undefined)
  const status = response?.status ?? 0
  const reason = response && !response.ok ? errorOf(parseJson(await response.text())) : undefined
  stop.abort()
  return { status, reason: reason ?? noAnswer() }
}

function noAnswer(): string {
  return `The workbench does not answer. Start it again: ${startCommands().start}`
}

async function ask<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    method,
    signal,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new WorkbenchError(noAnswer(), 0)
  })
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : parseJson(text)
  if (response.ok) return answer as Answer
  throw new WorkbenchError(
    errorOf(answer) ?? `The workbench answered ${path} with ${response.status}.`,
    response.status,
    Object(answer) as object
  )
}

function errorOf(answer: unknown): string | undefined {
  const { error } = Object(answer) as { error?: unknown }
  return typeof error === 'string' ? error : undefined
}

/** The commands that start the workbench, as the server has written them into the page. They differ in the package. */
export function startCommands(): { start: string; startHttps: string } {
  const { start = '', startHttps = '' } = document.getElementById('page')?.dataset ?? {}
  return { start, startHttps }
}
