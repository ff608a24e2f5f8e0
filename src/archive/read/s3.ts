import { readFile } from 'node:fs/promises'
import { InputError } from '../../core'
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from './aws-sdk'
import type { Source } from './source'

type S3Source = Extract<Source, { kind: 's3' }>

const clients = new Map<string, S3Client>()

/** Splits `s3://bucket/key` into its two parts. @throws InputError if it names no bucket */
function locate(name: string): { Bucket: string; Key: string } {
  const [, Bucket, Key = ''] = /^s3:\/\/([^/]+)\/?([^]*)$/.exec(name) ?? []
  if (!Bucket) throw new InputError(`${name} names no bucket. Write s3://bucket/prefix.`)
  return { Bucket, Key }
}

/**
 * Lists the objects whose keys start with a prefix, sorted by key. Credentials and region come from the usual chain of
 * the AWS SDK: environment, profile, container or instance role.
 *
 * @param prefix as `s3://bucket/prefix`
 * @param endpoint the URL of a store that is compatible with S3. Default: AWS, or `AWS_ENDPOINT_URL`
 * @throws InputError if the bucket cannot be listed, or if none is named
 */
export async function listObjects(prefix: string, endpoint?: string): Promise<S3Source[]> {
  const { Bucket, Key: Prefix } = locate(prefix)
  const sources: S3Source[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await clientOf(endpoint)
      .send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }))
      .catch((error: unknown) => {
        throw new InputError(
          `Cannot list s3://${Bucket}/${Prefix}: ${reasonOf(error)}. Check the bucket, the region and the credentials.`
        )
      })
    for (const { Key, Size: size = 0 } of page.Contents ?? []) {
      if (Key === undefined || size === 0) continue
      sources.push({ kind: 's3', name: `s3://${Bucket}/${Key}`, size, ...(endpoint && { endpoint }) })
    }
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return sources
}

/**
 * Opens an object.
 *
 * @throws Error if the object is gone or may not be read
 */
export async function openObject({ name, endpoint }: S3Source): Promise<AsyncIterable<Uint8Array>> {
  const { Body: body } = await clientOf(endpoint).send(new GetObjectCommand(locate(name)))
  if (!body) throw new Error('The answer has no body.')
  return body as AsyncIterable<Uint8Array>
}

/** Returns the client of a store. Stores other than AWS rarely have a host for each bucket, so their bucket is in the path. */
function clientOf(endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL): S3Client {
  const key = endpoint ?? ''
  const client =
    clients.get(key) ??
    new S3Client({
      ...(endpoint && { endpoint, forcePathStyle: true }),
      // Stores other than AWS have no region, but the SDK signs with one.
      ...(endpoint && !process.env.AWS_REGION && { region: 'us-east-1' }),
      // An archive is read once. A checksum that the store does not have is no reason to fail.
      responseChecksumValidation: 'WHEN_REQUIRED'
    })
  clients.set(key, client)
  return client
}

function reasonOf(error: unknown): string {
  const { name, message } = error as Error
  return message && message !== name ? `${name}: ${message.replace(/\.$/, '')}` : name
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
