import { expect, test, vi } from 'vitest'
import { condition, household } from '#tests/support/household.ts'
import {
  contactOf,
  exchange,
  givenOf,
  makePerson,
  meet,
  pair,
  passphraseOf,
  receivedOf,
  share,
} from '#tests/support/test-people.ts'
import { until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

/** Ana with a phone and a tablet, and Bea, whom she met. */
async function anaTwiceAndBea() {
  const [phone, bea] = [await person('Ana'), await person('Bea')]
  await meet(phone, bea, ['Ana', 'Bea'])
  const tablet = await device()
  await pair(phone, tablet)
  await until(async () => (await contactOf(tablet.session, 'Bea')) !== undefined)
  return { phone, tablet, bea }
}

test('what the tablet accepts from somebody whom the phone has removed meanwhile is left, and the giver hears of it', async () => {
  const { phone, tablet, bea } = await anaTwiceAndBea()
  await bea.session.addEntry(condition('Asthma'))
  phone.setOnline(false)
  expect((await phone.session.removeContact((await contactOf(phone.session, 'Bea'))!.contactId)).ok).toBe(true)
  const id = await share(bea, 'Ana', { passphrase: passphraseOf('Bea') })
  await exchange([bea.session, tablet.session], async () => (await receivedOf(tablet.session)) !== undefined)
  expect((await tablet.session.answerShare(id, 'accept')).ok).toBe(true)
  await exchange([tablet.session, bea.session], async () => (await givenOf(bea.session))?.state === 'accepted')
  phone.setOnline(true)
  await exchange([phone.session, tablet.session, bea.session], async () => {
    return (await givenOf(bea.session))?.state === 'ended'
  })
  expect(await givenOf(bea.session)).toMatchObject({ endedBy: 'left' })
  for (const { session } of [phone, tablet]) await until(async () => (await receivedOf(session)) === undefined)
})
