import { expect, test, vi } from 'vitest'
import { Conversation } from '#app/core/messages/conversation.ts'
import { household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()

test('what is looked for and listed while a conversation ends is found all the same: it is opened anew underneath', async () => {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const begun = await ana.session.beginThread({
    contactIds: [(await contactOf(ana.session, 'Bea'))!.contactId],
    subject: 'Knee',
    about: 'family',
    text: 'My knee hurts.',
    key: 'first',
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  const isFound = async () => (await bea.session.searchMessages('knee')).length === 1
  await exchange([ana.session, bea.session], isFound)

  const asked: Conversation[] = []
  const closed = Promise.withResolvers<void>()
  const marks = Reflect.get(Conversation.prototype, 'marks') as (
    this: Conversation,
  ) => ReturnType<Conversation['marks']>
  vi.spyOn(Conversation.prototype, 'marks').mockImplementation(async function (this: Conversation) {
    const isBefore = asked.push(this) < 3
    if (isBefore) await closed.promise
    return marks.call(this)
  })
  const found = bea.session.searchMessages('knee')
  const listed: string[] = []
  const listing = bea.session.watchThreads(({ threads }) => listed.push(...threads.map(({ subject }) => subject)))
  await until(async () => asked.length === 2)
  expect((await bea.session.endConversation(begun.value.conversationId)).ok).toBe(true)
  await until(async () => {
    try {
      return asked[0]?.log.shards() === undefined
    } catch {
      return true
    }
  })
  closed.resolve()
  expect(await found).toHaveLength(1)
  await listing
  await until(async () => listed.includes('Knee'))
})
