import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text that is assigned to a name such as `apiKey`. */
const ASSIGNMENT = /(?:key|api|token|secret|password)[\w .,-]{0,25}[:=|<>]+.{0,5}['"](?<text>[\w=-]{8,64})['"]/gi

/** Bits for each character. Random text has more. */
const MAX_ENTROPY = 3.7

/**
 * Finds texts that gitleaks takes for a key. Segment's repository runs it before each commit, with a rule for names and
 * random text. Its own rules for the keys of known services are not repeated here. Returns one line for each text.
 */
export function findSecrets(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(ASSIGNMENT)]
        .map(({ groups }) => groups?.text ?? '')
        .filter((text) => entropyOf(text) > MAX_ENTROPY)
        .map((text) => `${file} has a text that looks like a key: ${text}`)
    )
}

/** Returns Shannon's entropy of a text, in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}
