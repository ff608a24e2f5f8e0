/** The part of the AWS SDK that reads and splits archives. It is large, so the package has it in a file of its own. */
export {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
