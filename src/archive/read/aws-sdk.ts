/** The part of the AWS SDK that reads archives. It is large, so the package has it in a file of its own. */
export { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
