import { expect, test, vi } from 'vitest'
import { fail } from '#schema/result.ts'
import { condition, household, titles } from '#tests/support/household.ts'
import { firstVault, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp, keptOf, keptShows, keptTitles, openKept } from '#tests/support/test-kept.ts'
import { makePerson, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

test('Ana keeps a record for Tim: his entries are his, hers are hers, and both come back after a lock', async () => {
  const ana = await person('Ana')
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.addEntry(condition('Migraine'))
  const added = await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  expect(added?.answer.ok).toBe(true)
  expect(await titles(ana.session)).toEqual(['Migraine'])
  await keptShows(ana.session, keptId, ['Measles'])

  await ana.session.lock()
  expect((await keptOf(ana.session)).records).toEqual([])
  expect(await keptTitles(ana.session, keptId)).toBeUndefined()
  expect((await ana.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await openKept(ana.session, 'Tim')
  await keptShows(ana.session, keptId, ['Measles'])
  expect(await titles(ana.session)).toEqual(['Migraine'])
})

test('Ana’s other device opens Tim’s record too; what each writes reaches the other, and neither takes the other’s place', async () => {
  const [ana, tablet] = [await person('Ana'), await device()]
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  await pair(ana, tablet)
  await openKept(tablet.session, 'Tim')
  await keptShows(tablet.session, keptId, ['Measles'])
  await Promise.all([
    tablet.session.askKept(keptId, 'addEntry', [condition('Fracture')]),
    ana.session.askKept(keptId, 'addEntry', [condition('Asthma')]),
  ])
  for (const { session } of [ana, tablet]) await keptShows(session, keptId, ['Asthma', 'Fracture', 'Measles'])
  // One guardian, whatever number of devices they have.
  const listed = await ana.session.askKept(keptId, 'devices', [])
  expect(listed?.answer.map(each => each.name)).toEqual(['Ana'])
})

test('the words of Tim’s record open it alone, in any browser', async () => {
  const [ana, laptop] = [await person('Ana'), await device()]
  const { keptId, words } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  const found = await laptop.session.recover({ words, passphrase: 'three slow owls', deviceName: 'laptop' })
  expect(found.ok).toBe(true)
  const state = await firstVault(laptop.session, vault => vault.kind === 'open')
  expect(state).toMatchObject({ personName: 'Tim', birthDate: '2012-05-06' })
  expect((await keptOf(laptop.session)).records).toEqual([])
})

test('Tim’s words are shown until they are confirmed, on the device that made them, and are not Ana’s', async () => {
  const ana = await person('Ana')
  const { keptId, words } = await keepFor(ana.session, 'Tim')
  const shown = await ana.session.askKept(keptId, 'showKit', [])
  const own = await ana.session.showKit()
  expect(shown?.answer.ok && shown.answer.value.words.join(' ')).toBe(words)
  expect(own.ok && own.value.words.join(' ')).not.toBe(words)
  const asked = await ana.session.askKept(keptId, 'kitChallenge', [])
  const answers = asked!.answer.map(position => ({ position, word: words.split(' ')[position - 1]! }))
  expect((await ana.session.askKept(keptId, 'confirmKit', [answers]))?.answer.ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'showKit', []))?.answer).toEqual(fail({ kind: 'no-kit' }))
})

test('a crash at any commit while a record is made leaves all of it or nothing', async () => {
  for (const when of ['before', 'after'] as const) {
    for (let number = 1; number <= 3; number++) {
      const ana = await person('Ana')
      ana.store.killAt(ana.store.commits + number, when)
      void ana.session.keepRecord({ personName: 'Tim', birthDate: '2012', relation: 'child' })
      await until(() => ana.store.isKilled)
      const again = await ana.restart()
      expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
      const isMade = number === 3 && when === 'after'
      const isLevel = async () => {
        const names = (await keptOf(again.session)).records.map(record => record.name)
        const hasRows = [...again.disk.rows('frames').keys()].some(key => key.startsWith('kept/'))
        return names.join() === (isMade ? 'Tim' : '') && hasRows === isMade
      }
      await until(isLevel)
    }
  }
})
