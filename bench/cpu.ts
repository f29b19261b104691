/** CPU time of this whole process, user and system, in milliseconds, while `act` runs. */
export async function cpuMs(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
