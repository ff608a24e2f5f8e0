/** The decompressor of zstd. It is loaded only for such data, so the package has it in a file of its own. */
export { Decompress } from 'fzstd'
