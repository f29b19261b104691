import { expect, test, vi } from 'vitest'
import type { EntryFields } from '#schema/record/entry.ts'
import { ok } from '#schema/result.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 300_000 })

const MANY = { perSecond: 10_000, burst: 100_000 }
const { device, relay } = household({ newDrops: MANY, newLogs: MANY })
const allergy = (substance: string): EntryFields => ({ kind: 'allergy', substance })

async function anaAndBea() {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const added = await ana.session.addEntry(condition('Positive'))
  if (!added.ok) throw new Error('Not saved')
  await ana.session.addEntry(allergy('Nuts'))
  await backedUp(ana.session)
  return { ana, bea, entry: added.value }
}

/** Calls `act` after so many commits from now; answers how often anything was committed, and what `act` answers. */
function atCommit({ store }: TestDevice, number: number, act: () => Promise<string>) {
  const commit = store.commit.bind(store)
  const begun = Promise.withResolvers<string>()
  let count = 0
  const spy = vi.spyOn(store, 'commit').mockImplementation(async writes => {
    const stored = await commit(writes)
    if (++count === number) void act().then(begun.resolve, begun.reject)
    return stored
  })
  return { begun: begun.promise, hasBegun: () => count >= number, restore: () => spy.mockRestore() }
}

/** The logs for which this device lets somebody in from now on. */
function opensLogs({ link }: TestDevice) {
  const opened = new Set<string>()
  const request = link.request.bind(link)
  const spy = vi.spyOn(link, 'request').mockImplementation(asked => {
    const [, logId] = /\/logs\/([^/]+)\/caps$/.exec(asked.path) ?? []
    if (asked.method === 'POST' && logId !== undefined) opened.add(logId)
    return request(asked)
  })
  return { opened, restore: () => spy.mockRestore() }
}

const stateOf = async ({ session }: TestDevice, id: string) =>
  (await sharesOf(session)).given.find(one => one.shareId === id)?.state

async function stop(ana: TestDevice, bea: TestDevice, ids: readonly string[]): Promise<void> {
  for (const id of ids) expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => {
    const states = await Promise.all(ids.map(id => stateOf(ana, id)))
    return states.every(state => state === 'ended')
  })
}

test('what is shared as it is now while another share is on its way has no past either, and comes whole', async () => {
  const { ana, bea, entry } = await anaAndBea()
  for (let number = 1, isMidway = true; isMidway; number++) {
    expect((await ana.session.editEntry(entry, condition(`Mild asthma ${number}`))).ok).toBe(true)
    await backedUp(ana.session)
    const before = new Set<string>(relay().logs())
    const { opened, restore } = opensLogs(ana)
    const midway = atCommit(ana, number, () => share(ana, 'Bea', { withHistory: false }))
    const first = await share(ana, 'Bea', { sections: ['allergies'] })
    await until(async () => midway.hasBegun() || (await stateOf(ana, first)) === 'offered')
    isMidway = midway.hasBegun()
    midway.restore()
    const second = isMidway ? await midway.begun : await share(ana, 'Bea', { withHistory: false })
    await accept(ana, bea, first)
    await accept(ana, bea, second)
    await until(async () => {
      const rows = await bea.session.askShared(second, 'timelineRows', [{}, 0, 9])
      return rows?.map(({ title }) => title).join() === `Mild asthma ${number}`
    })
    restore()
    // That of the allergies, which are shared as they were.
    expect([number, [...opened].filter(logId => before.has(logId)).length]).toEqual([number, 1])
    await stop(ana, bea, [first, second])
  }
})

test('an offer that comes damaged stays where it lies, and is read the next time', async () => {
  const { ana, bea } = await anaAndBea()
  const request = bea.link.request.bind(bea.link)
  let damaged = 0
  const spy = vi.spyOn(bea.link, 'request').mockImplementation(async asked => {
    const answer = await request(asked)
    const isLetter = asked.method === 'GET' && asked.path.startsWith('/v1/drop/') && answer.ok
    if (!isLetter || damaged > 0 || answer.value.body.length < 1000) return answer
    damaged++
    const body = answer.value.body.slice()
    body[body.length - 1]! ^= 1
    return ok({ ...answer.value, body })
  })
  const id = await share(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => damaged > 0)
  spy.mockRestore()
  await accept(ana, bea, id)
  expect((await sharesOf(bea.session)).received).toMatchObject([{ shareId: id, state: 'accepted' }])
})
