/** The reader of Parquet. It is large, and loaded only for such a file, so the package has it in a file of its own. */
export { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
export { compressors } from 'hyparquet-compressors'
