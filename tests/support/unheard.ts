/** What broke off during `work` and was told to nobody: it would end the process, or go to a browser's console. */
export async function unheardDuring(work: () => Promise<void>): Promise<readonly unknown[]> {
  const unheard: unknown[] = []
  const note = (cause: unknown) => void unheard.push(cause)
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', note)
  try {
    await work()
    // They are told once all promises that can be settled are.
    await new Promise(resolve => setTimeout(resolve))
  } finally {
    process.off('unhandledRejection', note)
    for (const other of others) process.on('unhandledRejection', other)
  }
  return unheard
}
