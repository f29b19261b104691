import { expect, test } from 'vitest'
import { makeChangeHub } from '#app/core/record/change-hub.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

test('a hub that had nobody to tell still tells those who come later', async () => {
  const hub = makeChangeHub(makeTestClock())
  hub.changed()
  await hub.idle()
  let looks = 0
  const stop = await hub.watch(async () => void looks++)
  expect(looks).toBe(1)
  hub.changed()
  hub.changed()
  await expect.poll(() => looks).toBe(2)
  stop()
  hub.changed()
  await hub.idle()
  expect(looks).toBe(2)
})

test('a look that is under way is not begun again; what it missed is told after it', async () => {
  const hub = makeChangeHub(makeTestClock())
  const seen: number[] = []
  let value = 0
  let isLooking = false
  await hub.watch(async () => {
    expect(isLooking).toBe(false)
    isLooking = true
    const now = value
    await new Promise(resolve => setTimeout(resolve, 30))
    seen.push(now)
    isLooking = false
  })
  for (value = 1; value < 4; value++) {
    hub.changed()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  hub.changed()
  await hub.idle()
  expect(seen.at(-1)).toBe(4)
})
