/** Returns milliseconds since 1970 as whole seconds that fit into 32 bits. */
export function toSeconds(time: number): number {
  return Math.min(Math.max(0, Math.round(time / 1_000)), 2 ** 32 - 1)
}
