/** Cuts a text after `maxLength` characters, and marks the cut. */
export function clip(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}
