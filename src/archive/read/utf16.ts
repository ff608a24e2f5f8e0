/** The byte order marks of UTF-16. */
const MARKS: [first: number, second: number, encoding: 'utf-16le' | 'utf-16be'][] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be']
]

/** Returns the encoding of a text in UTF-16 by its byte order mark, or undefined if it has none. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  return MARKS.find(([first, second]) => head[0] === first && head[1] === second)?.[2]
}

/** Converts text in UTF-16 to UTF-8 as it comes, without the byte order mark. */
export async function* fromUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be'
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}
