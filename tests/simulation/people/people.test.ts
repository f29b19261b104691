import '@automerge/automerge'
import { expect, test } from 'vitest'
import { told } from '../told.ts'
import { runPeopleSeed } from './run-people-seed.ts'

/** First and last; what else was played, and which failed, says decision 0017. */
const RANGES = [[1, 27]] as const

for (const [first, last] of RANGES) {
  test(`people share and take back as promised in the seeds ${first} to ${last}`, async () => {
    for (let seed = first; seed <= last; seed++) {
      const { failure } = await runPeopleSeed(seed)
      expect(
        told(failure),
        `replay: npm run simulate -- --world people --seeds 1 --first ${seed} --trace`,
      ).toBeUndefined()
    }
  })
}
