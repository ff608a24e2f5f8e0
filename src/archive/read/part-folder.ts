/** The file that makes a folder a part of a split. It comes last, so a part without it is not finished. */
export const PART_MANIFEST = 'part.json'

/** The folder with the temporary files of a split. */
export const SPLIT_FOLDER = '.split'

/** Returns the name of a part's folder: `1-of-3`. */
export function partName(part: number, of: number): string {
  return `${part}-of-${of}`
}

/** Returns whether a path, or the start of keys in S3, has the name of a part. */
export function hasPartName(path: string): boolean {
  return /(?:^|\/)\d+-of-\d+\/?$/.test(path)
}

/** Returns whether a file is a manifest. */
export function isManifest(file: string): boolean {
  return file === PART_MANIFEST || file.endsWith(`/${PART_MANIFEST}`)
}

/** Returns whether a file has events. A split writes others, too. */
export function hasEvents(file: string): boolean {
  return !isManifest(file) && !file.includes(`/${SPLIT_FOLDER}/`)
}
