import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** The result of a program. */
export type Run = { code: unknown; stdout: string; stderr: string }

/** Runs Node as a user does who sets the environment variable `PORT` to the port of the workbench. */
export function runNode(port: number, ...args: string[]): Promise<Run> {
  const env = { ...process.env, PORT: String(port), SEGMENT_HOST: undefined, NODE_OPTIONS: undefined }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr })
    })
  })
}

/** Returns a port that nothing listens on. */
export async function findUnusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
