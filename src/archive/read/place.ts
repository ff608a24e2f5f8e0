/** The place of a record: the file as the user named it, and a line. */
export type Place = {
  file: string
  /** The line on which the record starts, from 1. 0 if the whole file is meant. */
  line: number
}

/** Writes a place in the form that editors and terminals understand: `folder/events.jsonl:12`. */
export function formatPlace({ file, line }: Place): string {
  return line === 0 ? file : `${file}:${line}`
}
