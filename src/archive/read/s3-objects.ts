import { readFile } from 'node:fs/promises'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from './aws-sdk'
import { clientOf } from './s3'

/** Splits `s3://bucket/key` into its two parts. */
function locate(name: string): { Bucket: string; Key: string } {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(name) ?? []
  return { Bucket, Key }
}

/** Returns the text of an object, or undefined if it does not exist or may not be read. */
export async function readObject(name: string, endpoint?: string): Promise<string | undefined> {
  try {
    const { Body: body } = await clientOf(endpoint).send(new GetObjectCommand(locate(name)))
    return await body?.transformToString()
  } catch {
    return undefined
  }
}

/**
 * Writes an object. It appears only when it is whole.
 *
 * @throws Error if the store does not take it
 */
export async function writeObject(name: string, body: string | Uint8Array, endpoint?: string): Promise<void> {
  await clientOf(endpoint).send(new PutObjectCommand({ ...locate(name), Body: body }))
}

/** Writes a file of this machine as an object. */
export async function uploadFile(file: string, name: string, endpoint?: string): Promise<void> {
  await writeObject(name, await readFile(file), endpoint)
}

/** Deletes an object, if it exists. */
export async function deleteObject(name: string, endpoint?: string): Promise<void> {
  await clientOf(endpoint).send(new DeleteObjectCommand(locate(name)))
}
