import { describeClock } from '#tests/contract/clock.ts'
import { describeRandom } from '#tests/contract/random.ts'
import { makeSeededRandom } from './seeded-random.ts'
import { makeTestClock, testRandom } from './test-clock.ts'
import { makeVirtualClock, VirtualTime } from './virtual-clock.ts'

const wait = (durationMs: number) => new Promise<void>(resolve => setTimeout(resolve, durationMs))

describeClock('the test clock', () => ({ clock: makeTestClock(), pass: wait }))
describeClock('the virtual clock', () => {
  const time = new VirtualTime()
  return { clock: makeVirtualClock(time, 5000), pass: durationMs => time.run(durationMs) }
})
describeRandom('the test random', () => testRandom)
describeRandom('the seeded random', () => makeSeededRandom(7))
