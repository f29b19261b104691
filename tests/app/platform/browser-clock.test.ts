import { browserClock, browserRandom } from '#app/platform/browser-clock.ts'
import { describeClock } from '#tests/contract/clock.ts'
import { describeRandom } from '#tests/contract/random.ts'

const pass = (durationMs: number) => new Promise<void>(resolve => setTimeout(resolve, durationMs))

describeClock('the browser clock', () => ({ clock: browserClock, pass }))
describeRandom('the browser random', () => browserRandom)
