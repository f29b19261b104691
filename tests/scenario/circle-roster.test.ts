import { expect, test, vi } from 'vitest'
import { circleOf } from '#tests/support/circle-acts.ts'
import { aliasOf, begin, comeIn, mail, namesIn, openedRoom, texts } from '#tests/support/circle-people.ts'
import { household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { makePerson, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()

/** Owl's circle, in which Fox and Elk are. */
async function circleOfThree() {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const owner = await begin(people[0]!, 'Owl')
  const [fox, elk] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'Elk')]
  await comeIn(owner, fox, 'Fox')
  await comeIn(owner, elk, 'Elk')
  await until(async () => (await namesIn(fox))?.join() === 'Owl,Elk,Fox')
  return { ana: people[0]!, owner, fox, elk }
}

test('whoever leaves is in nobody’s list of members any more', async () => {
  const { owner, fox, elk } = await circleOfThree()
  expect((await elk.leaveCircle()).ok).toBe(true)
  await until(async () => {
    await mail(owner)
    return (await namesIn(fox))?.join() === 'Owl,Fox'
  })
  expect(await namesIn(owner)).toEqual(['Owl', 'Fox'])
})

test('whom the owner’s app was just removing when it died is out all the same', async () => {
  const { ana, owner, fox, elk } = await circleOfThree()
  const { keptId } = owner
  const member = (await circleOf(owner))!.members.find(({ name }) => name === 'Elk')!
  ana.store.killAt(ana.store.commits + 1, 'after')
  void owner.removeFromCircle(member.id)
  await until(() => ana.store.isKilled)
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  const back = await openedRoom(again, keptId)
  await until(async () => {
    await mail(back, elk)
    return (await circleOf(elk))?.isOver === true
  })
  await until(async () => (await namesIn(fox))?.join() === 'Owl,Fox')
  expect(await circleOf(back)).toMatchObject({ asking: [] })
})

test('who was removed and is let in once more reads and says again, with the account they had', async () => {
  const { owner, fox, elk } = await circleOfThree()
  const member = (await circleOf(owner))!.members.find(({ name }) => name === 'Elk')!
  expect((await owner.removeFromCircle(member.id)).ok).toBe(true)
  await until(async () => {
    await mail(owner, elk)
    return (await circleOf(elk))?.isOver === true
  })
  await comeIn(owner, elk, 'Elk')
  expect((await fox.sayInCircle({ text: 'Welcome back', key: 'back' })).ok).toBe(true)
  await until(async () => (await texts(elk)).join() === 'Welcome back')
  expect((await elk.sayInCircle({ text: 'Thank you', key: 'thanks' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'Thank you,Welcome back')
  expect((await namesIn(fox))?.toSorted()).toEqual(['Elk', 'Fox', 'Owl'])
})
