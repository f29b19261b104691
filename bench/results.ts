import type { SessionHost } from '#app/core/make-session.ts'
import type { TestGroup } from '#app/core/results-session.ts'
import { cpuMs } from './cpu.ts'

async function testsOf(host: SessionHost): Promise<readonly TestGroup[]> {
  let found: readonly TestGroup[] = []
  const stop = await host.session.watchTests(tests => {
    found = tests
  })
  stop()
  if (found.length === 0) throw new Error('Found no test')
  return found
}

/** CPU time until the list of tests is told for the first time, in ms. */
export function listTests(host: SessionHost): Promise<number> {
  return cpuMs(() => testsOf(host))
}

/** CPU time until all results of the test with the most of them are read, in ms. */
export async function followTest(host: SessionHost): Promise<number> {
  const [most] = (await testsOf(host)).toSorted((a, b) => b.count - a.count)
  if (most === undefined) throw new Error('Found no test')
  return cpuMs(async () => {
    const history = await host.session.testHistory(most.latest.id)
    if (history?.results.length !== most.count) throw new Error('Cannot read all results')
  })
}
