import { expect, test, vi } from 'vitest'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp, keptOf, openKept } from '#tests/support/test-kept.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

/** Fetches one mailbox with letters in it and is then without a network: it tells nobody that it has them. */
function cutAfterMail(phone: TestDevice): void {
  const request = phone.link.request.bind(phone.link)
  let isCut = false
  phone.link.request = async asked => {
    const answer = await request(asked)
    const isMail =
      asked.method === 'GET' && asked.path.includes('/drop') && answer.ok && answer.value.body.length > 1000
    if (isMail && !isCut) phone.setOnline(false)
    isCut ||= isMail
    return answer
  }
}

test('offers that two devices fetched at once and answered one each are both accepted', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const tablet = await device()
  await pair(ana, tablet)
  await until(async () => (await contactOf(tablet.session, 'Ben')) !== undefined)
  tablet.setOnline(false)
  cutAfterMail(ana)
  const ids: string[] = []
  for (const name of ['Tim', 'Tom']) {
    const { keptId } = await keepFor(ben.session, name)
    ids.push(keptId)
    await keptBackedUp(ben.session, keptId)
  }
  ana.setOnline(false)
  const { contactId } = (await contactOf(ben.session, 'Ana'))!
  for (const keptId of ids) {
    const added = await ben.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ben') }])
    expect(added?.answer.ok).toBe(true)
  }
  const answer = async (at: TestDevice, keptId: string) => {
    at.setOnline(true)
    await exchange([ben.session, at.session], async () => (await keptOf(at.session)).offers.length === 2)
    at.setOnline(false)
    expect((await at.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  }
  await answer(ana, ids[0]!)
  await answer(tablet, ids[1]!)
  for (const each of [ana, tablet]) each.setOnline(true)
  for (const { session } of [ana, tablet]) {
    await exchange([ana.session, tablet.session], async () => (await keptOf(session)).records.length === 2, 60_000)
    for (const name of ['Tim', 'Tom']) await openKept(session, name)
  }
})

test('after an unlock nobody is told that no record is kept before it is known which are', async () => {
  const ana = await person('Ana')
  const { keptId } = await keepFor(ana.session, 'Tim')
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  const told: string[][] = []
  await again.session.watchKept(({ records }) => void told.push(records.map(record => record.keptId)))
  expect(told[0]).toEqual([keptId])
})
