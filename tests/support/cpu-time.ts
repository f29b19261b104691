/** What `work` takes of the processor, in ms: a busy machine is slow by the clock, and wrong by none. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return process.cpuUsage(before).user / 1000
}
