import type { VirtualTime } from '#tests/support/virtual-clock.ts'

/** Time goes on until it is so. */
export async function until(time: VirtualTime, what: string, holds: () => boolean): Promise<void> {
  const endMs = time.nowMs + 600_000
  while (!holds()) {
    if (time.nowMs > endMs) throw new Error(`It never came to be: ${what}`)
    await time.run(1000)
  }
}
