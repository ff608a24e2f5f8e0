/** Where a record is: the file as the user named it, and a line of it. */
export type Place = {
  file: string
  /** The line on which the record starts, from 1. 0 if the whole file is meant. */
  line: number
}

/** Writes a place as editors and terminals understand it: `folder/events.jsonl:12`. */
export function formatPlace({ file, line }: Place): string {
  return line === 0 ? file : `${file}:${line}`
}
