import '@automerge/automerge'
import { expect, test } from 'vitest'
import { told } from './told.ts'
import { runSeed } from './run-seed.ts'

const SEEDS = 200
const BATCH = 20

for (let first = 1; first <= SEEDS; first += BATCH) {
  test(`the invariants hold for the seeds ${first} to ${first + BATCH - 1}`, async () => {
    for (let seed = first; seed < first + BATCH; seed++) {
      const { failure } = await runSeed(seed)
      expect(told(failure), `replay: npm run simulate -- --seeds 1 --first ${seed} --trace`).toBeUndefined()
    }
  })
}
