import { describeRelayLink } from '#tests/contract/relay-link.ts'
import { startLoopRelay } from './loop-link.ts'
import { makeTestClock } from './test-clock.ts'

describeRelayLink('the loop link', async () => {
  const relay = await startLoopRelay({ now: () => makeTestClock().now() })
  const link = relay.link()
  return { link, cut: async () => link.setReachable(false), close: () => relay.stop() }
})
