import '@automerge/automerge'
import { expect, test } from 'vitest'
import { runPeopleSeed } from './run-people-seed.ts'

const SEEDS = 60
const BATCH = 10

for (let first = 1; first <= SEEDS; first += BATCH) {
  test(`people share and take back as promised in the seeds ${first} to ${first + BATCH - 1}`, async () => {
    for (let seed = first; seed < first + BATCH; seed++) {
      const { failure } = await runPeopleSeed(seed)
      expect(failure, `replay: npm run simulate -- --world people --seeds 1 --first ${seed} --trace`).toBeUndefined()
    }
  })
}
