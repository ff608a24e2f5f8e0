/** Returns whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signaled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
