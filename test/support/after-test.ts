const pending: (() => unknown)[] = []

/**
 * Calls a function when the current test ends, also if the test fails or times out. The latest one is called first. A
 * server or a process that a test leaves open would keep Jest from ending.
 */
export function afterTest(close: () => unknown): void {
  pending.push(close)
}

afterEach(async () => {
  for (const close of pending.splice(0).reverse()) await close()
})
