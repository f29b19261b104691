import { expect, test, vi } from 'vitest'
import { household } from '#tests/support/household.ts'
import { circleOf, type InCircle, newsOf, postOf, postsOf } from '#tests/support/circle-acts.ts'
import { aliasOf, askToComeIn, begin, circlesOf, comeIn, mail, namesIn, texts } from '#tests/support/circle-people.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { makePerson, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()

test('a circle of three: who asks is let in, posts, comments, thanks; each knows the others by the names they chose there alone', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const owner = await begin(people[0]!, 'Owl')
  const [fox, elk] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'Elk')]
  await comeIn(owner, fox, 'Fox')
  expect((await owner.sayInCircle({ text: 'Welcome!', key: 'first' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'Welcome!')
  await comeIn(owner, elk, 'Elk')
  await until(async () => (await texts(elk)).join() === 'Welcome!')

  const { postId, id } = (await postsOf(fox)).posts[0]!
  expect((await fox.sayInCircle({ text: 'Thank you', key: 'c1' }, postId)).ok).toBe(true)
  expect((await elk.react(id, 'hug')).ok).toBe(true)
  await until(async () => (await postOf(owner, postId))?.comments.length === 1)
  await until(async () => (await postOf(owner, postId))?.reactions[0]?.count === 1)
  expect(await postOf(owner, postId)).toMatchObject({
    by: { name: 'Owl', role: 'owner', isYou: true },
    comments: [{ text: 'Thank you', by: { name: 'Fox', role: 'member', isGone: false } }],
    reactions: [{ mark: 'hug', count: 1, isYours: false }],
  })
  await until(async () => (await circleOf(elk))?.members.length === 3)
  expect((await circleOf(elk))?.members.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'Owl owner',
    'Elk member',
    'Fox member',
  ])
  expect((await elk.changeProfile({ name: 'Moose', avatar: 'tree' })).ok).toBe(true)
  await until(
    async () => (await circleOf(fox))?.members.some(one => one.name === 'Moose' && one.avatar === 'tree') === true,
  )

  // Nothing of it stands among what is their own, and nothing that members hold names who they are elsewhere.
  const seen = JSON.stringify([await circleOf(fox), await postsOf(fox), await circleOf(owner)])
  expect(seen).not.toMatch(/Ana|Ben|Cem/)
  for (const { session } of people) {
    const told = Promise.withResolvers<{ readonly records: readonly unknown[] }>()
    const stop = await session.watchKept(told.resolve)
    stop()
    expect((await told.promise).records).toEqual([])
  }
})

test('whoever moderates takes down what somebody reported; whoever may not, changes nothing', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const owner = await begin(people[0]!, 'Owl')
  const [fox, elk] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'Elk')]
  await comeIn(owner, fox, 'Fox')
  await comeIn(owner, elk, 'Elk')
  expect((await elk.sayInCircle({ text: 'Buy my cure', key: 'spam' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'Buy my cure')
  const { id } = (await postsOf(fox)).posts[0]!
  expect(await fox.takeDown(id)).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
  expect(await fox.changeRules('Mine')).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
  expect((await fox.report(id, 'Sells something')).ok).toBe(true)
  await until(async () => (await circleOf(owner))?.reports.length === 1)
  expect((await circleOf(elk))?.reports).toEqual([])
  const member = (await circleOf(owner))!.members.find(one => one.name === 'Fox')!
  expect((await owner.chooseModerators([member.id])).ok).toBe(true)
  await until(async () => (await circleOf(fox))?.you.role === 'moderator')
  await until(async () => (await circleOf(fox))?.reports[0]?.why === 'Sells something')
  expect((await circleOf(owner))?.reports).toMatchObject([
    { saidBy: { name: 'Elk' }, excerpt: 'Buy my cure', by: { name: 'Fox' } },
  ])
  expect((await postsOf(fox)).posts[0]?.isReported).toBe(true)
  expect((await postsOf(elk)).posts[0]?.isReported).toBe(false)
  expect((await newsOf(fox))?.isModeratorNew).toBe(true)
  expect((await fox.lookAtCircle()).ok).toBe(true)
  expect((await newsOf(fox))?.isModeratorNew).toBe(false)
  expect((await fox.takeDown(id)).ok).toBe(true)
  await until(async () => (await postsOf(elk)).posts[0]?.takenDownBy !== undefined)
  expect((await postsOf(owner)).posts).toMatchObject([{ text: '', takenDownBy: 'moderator' }])
  expect((await circleOf(owner))?.reports).toEqual([])
})

/** What is deleted at the relay from now on. */
function deletedBy({ link }: TestDevice): readonly string[] {
  const deleted: string[] = []
  const ask = link.request.bind(link)
  link.request = async request => {
    const answer = await ask(request)
    if (request.method === 'DELETE' && answer.ok && answer.value.status < 300) deleted.push(request.path)
    return answer
  }
  return deleted
}

test('who deletes everything leaves their circles, and those they started are over; others keep what was said', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben')]
  const owner = await begin(people[0]!, 'Owl')
  const fox = await aliasOf(people[1]!, 'Fox')
  await comeIn(owner, fox, 'Fox')
  expect((await owner.sayInCircle({ text: 'Welcome!', key: 'first' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'Welcome!')
  const deleted = deletedBy(people[0]!)
  expect(await people[0]!.session.deleteEverywhere(passphraseOf('Ana'))).toEqual({ ok: true, value: undefined })
  expect(deleted.some(path => path.includes(owner.keptId))).toBe(true)
  await until(async () => {
    await mail(fox)
    return (await circleOf(fox))?.isOver === true
  })
  expect((await circleOf(fox))?.whyOver).toBe('ended')
  expect((await newsOf(fox))?.whyOver).toBe('ended')
  expect(await texts(fox)).toEqual(['Welcome!'])
})

test('who is removed reads nothing that is said from then on, and says nothing to anybody; who leaves is missed at once', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const owner = await begin(people[0]!, 'Owl')
  const [fox, elk] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'Elk')]
  await comeIn(owner, fox, 'Fox')
  await comeIn(owner, elk, 'Elk')
  expect((await owner.sayInCircle({ text: 'For all', key: 'one' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'For all' && (await texts(elk)).join() === 'For all')
  const member = (await circleOf(owner))!.members.find(one => one.name === 'Elk')!
  expect((await owner.removeFromCircle(member.id)).ok).toBe(true)
  await until(async () => {
    await mail(owner, elk, fox)
    return (await circleOf(elk))?.isOver !== false
  })
  expect((await circleOf(elk))?.whyOver).toBe('removed')
  expect(await elk.sayInCircle({ text: 'Still here?', key: 'no' })).toEqual({ ok: false, failure: { kind: 'over' } })
  expect((await owner.sayInCircle({ text: 'For two', key: 'two' })).ok).toBe(true)
  await until(async () => (await texts(fox)).join() === 'For two,For all')
  expect(await texts(elk)).not.toContain('For two')
  await until(async () => (await circleOf(fox))?.members.length === 2)

  const deleted = deletedBy(people[1]!)
  expect((await fox.leaveCircle()).ok).toBe(true)
  expect(await people[1]!.session.leaveKept(fox.keptId)).toEqual({ ok: true, value: undefined })
  await until(async () => (await circlesOf(people[1]!)).length === 0)
  // Of what was theirs nothing lies at the relay.
  expect(deleted.some(path => path.includes(fox.keptId))).toBe(true)
  await until(async () => {
    await mail(owner)
    return (await circleOf(owner))?.members.length === 1
  })
  expect(await circleOf(owner)).toMatchObject({ isOver: false, asking: [] })
  expect((await owner.sayInCircle({ text: 'Alone', key: 'three' })).ok).toBe(true)
})

test('what is said without a network merges, and both see the same in the same order', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben')]
  const owner = await begin(people[0]!, 'Owlkanarienvogel')
  const fox = await aliasOf(people[1]!, 'Foxkanarienvogel')
  await comeIn(owner, fox, 'Foxkanarienvogel')
  for (const person of people) person.host.setOnline(false)
  expect((await owner.sayInCircle({ text: 'Kanarienvogel A', key: 'a' })).ok).toBe(true)
  expect((await fox.sayInCircle({ text: 'Kanarienvogel B', key: 'b' })).ok).toBe(true)
  expect((await postsOf(fox)).posts[0]?.isWaiting).toBe(true)
  for (const person of people) person.host.setOnline(true)
  await until(async () => (await texts(owner)).length === 2 && (await texts(fox)).length === 2)
  expect((await texts(owner)).toSorted()).toEqual(['Kanarienvogel A', 'Kanarienvogel B'])
  expect(await texts(fox)).toEqual(await texts(owner))
})

/** The member of this name, with whom there is no second one. */
async function memberIn(room: InCircle, name: string) {
  const found = (await circleOf(room))?.members.filter(one => one.name === name) ?? []
  return found.length === 1 ? found[0] : undefined
}

test('whose device was lost stands once among the members, with picture, role, thanks and what they said before', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const [tablet, ben] = [await device(), people[1]!]
  await pair(ben, tablet, passphraseOf('Ben'))
  const owner = await begin(people[0]!, 'Owl')
  const [fox, elk] = [await aliasOf(ben, 'Fox'), await aliasOf(people[2]!, 'Elk')]
  await comeIn(owner, fox, 'Fox')
  await comeIn(owner, elk, 'Elk')
  expect((await fox.changeProfile({ name: 'Fox', avatar: 'leaf' })).ok).toBe(true)
  expect((await fox.sayInCircle({ text: 'Before', key: 'one' })).ok).toBe(true)
  await until(async () => (await texts(elk)).join() === 'Before' && (await texts(owner)).join() === 'Before')
  const { id, postId } = (await postsOf(elk)).posts[0]!
  expect((await fox.react(id, 'glad')).ok).toBe(true)
  const before = (await memberIn(owner, 'Fox'))!
  expect((await owner.chooseModerators([before.id])).ok).toBe(true)
  await until(async () => (await memberIn(elk, 'Fox'))?.role === 'moderator')

  const lost = (await ben.session.devices()).find(one => !one.isThisOne)!
  expect((await ben.session.removeDevice(lost.deviceId)).ok).toBe(true)
  await until(async () => {
    await ben.session.checkMail()
    // Closed while its device is replaced.
    await ben.session.askKept(fox.keptId, 'checkMail', [])
    await mail(owner, elk)
    const now = await memberIn(elk, 'Fox')
    return now !== undefined && now.id !== before.id
  })
  expect(await memberIn(elk, 'Fox')).toMatchObject({ avatar: 'leaf', role: 'moderator', isGone: false })
  expect((await circleOf(elk))?.members).toHaveLength(3)
  expect((await circleOf(owner))?.members).toHaveLength(3)
  await until(async () => (await circleOf(fox))?.members.length === 3)
  expect((await circleOf(fox))?.you).toMatchObject({ name: 'Fox', avatar: 'leaf', role: 'moderator' })
  // The keys that the removal made reach the new device a moment after the list of members.
  await until(async () => {
    await ben.session.askKept(fox.keptId, 'checkMail', [])
    await mail(owner)
    return (await fox.react(id, 'hug')).ok
  })
  await until(async () => (await postOf(elk, postId))?.reactions.some(one => one.mark === 'hug') === true)
  expect(await postOf(elk, postId)).toMatchObject({ by: { isGone: false }, reactions: [{ mark: 'hug', count: 1 }] })
  expect((await fox.takeDown(id)).ok).toBe(true)
  await until(async () => (await postOf(elk, postId))?.takenDownBy === 'writer')

  expect((await owner.removeFromCircle((await memberIn(owner, 'Fox'))!.id)).ok).toBe(true)
  await until(async () => {
    await mail(owner, elk)
    return (await circleOf(elk))?.members.length === 2
  })
})

test('who lost all their keys comes in as somebody new, in place of whom the owner says that they were', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Ben')]
  const owner = await begin(people[0]!, 'Owl')
  const [lost, fox] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'Fox')]
  await comeIn(owner, lost, 'Fox')
  const before = (await memberIn(owner, 'Fox'))!
  const contactId = await askToComeIn(owner, fox, 'Fox (2)')
  expect((await circleOf(owner))?.asking).toMatchObject([{ isAlike: true, namesake: before.id }])
  expect(await owner.letIn(contactId, before.id)).toEqual({ ok: true, value: undefined })
  expect(await owner.letIn(contactId, before.id)).toEqual({ ok: true, value: undefined })
  await until(async () => {
    await mail(owner, fox, lost)
    return (await circleOf(fox)) !== undefined && (await circleOf(lost))?.isOver === true
  })
  await until(async () => (await circleOf(fox))?.members.length === 2)
  expect((await circleOf(owner))?.members.map(({ name }) => name)).toEqual(['Owl', 'Fox'])
  expect((await memberIn(owner, 'Fox'))?.id).not.toBe(before.id)
})

test('nobody takes a name that somebody has; of two who came in with one, everybody sees the second with a number', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben'), await makePerson(device, 'Cem')]
  const owner = await begin(people[0]!, 'Owl')
  const [fox, other] = [await aliasOf(people[1]!, 'Fox'), await aliasOf(people[2]!, 'F\u2060ox')]
  await comeIn(owner, fox, 'Fox')
  expect((await fox.sayInCircle({ text: 'Mine', key: 'one' })).ok).toBe(true)
  const invited = await owner.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect((await owner.noteInvitation(invited.value.invitationId, 'Cem')).ok).toBe(true)
  expect((await other.acceptInvitation(invited.value.code)).ok).toBe(true)
  await until(async () => {
    await mail(owner, other)
    return (await circleOf(owner))?.asking.length === 1
  })
  const [asker] = (await circleOf(owner))!.asking
  expect(asker).toMatchObject({ isAlike: true, forWhom: 'Cem' })
  expect(asker?.name).toMatch(/ \(2\)$/)
  expect((await owner.letIn(asker!.contactId)).ok).toBe(true)
  await until(async () => {
    await mail(owner, other)
    return (await circleOf(other))?.members.length === 3
  })
  expect((await other.sayInCircle({ text: 'Buy my cure', key: 'two' })).ok).toBe(true)
  for (const room of [owner, fox, other]) {
    await until(async () => (await texts(room)).length === 2)
    const said = (await postsOf(room)).posts.map(({ text, by }) => [text, by.name])
    expect(new Map(said as [string, string][])).toEqual(
      new Map([
        ['Mine', 'Fox'],
        ['Buy my cure', asker!.name],
      ]),
    )
    expect(await namesIn(room)).toEqual(['Owl', 'Fox', asker!.name])
  }
  expect((await circleOf(other))?.chosenName).not.toBe((await circleOf(other))?.you.name)
  const taken = { ok: false, failure: { kind: 'name-taken' } }
  expect(await other.changeProfile({ name: 'OWL', avatar: 'leaf' })).toEqual(taken)
  expect(await owner.changeProfile({ name: 'Fox (2)', avatar: 'leaf' })).toEqual(taken)
  expect(await owner.changeProfile({ name: '\u200B', avatar: 'leaf' })).toEqual({
    ok: false,
    failure: { kind: 'name-missing' },
  })
  // The picture alone may change.
  expect((await other.changeProfile({ name: 'Fox', avatar: 'leaf' })).ok).toBe(true)
  expect((await other.changeProfile({ name: 'Elk', avatar: 'leaf' })).ok).toBe(true)
  await until(async () => (await namesIn(fox))?.join() === 'Owl,Elk,Fox')
})

test('what is new is told until it was looked at: asking, being let in, posts, comments on one’s own, reports, the end', async () => {
  const people = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben')]
  const owner = await begin(people[0]!, 'Owl')
  const fox = await aliasOf(people[1]!, 'Fox')
  expect(await newsOf(fox)).toBeUndefined()
  const contactId = await askToComeIn(owner, fox, 'Fox')
  expect(await newsOf(owner)).toMatchObject({ askingCount: 1, isLetIn: false, postCount: 0 })
  expect((await owner.sayInCircle({ text: 'Welcome!', key: 'first' })).ok).toBe(true)
  expect((await owner.letIn(contactId)).ok).toBe(true)
  await until(async () => {
    await mail(owner, fox)
    return (await texts(fox)).length === 1
  })
  expect(await newsOf(owner)).toMatchObject({ askingCount: 0, postCount: 0 })
  // Of all that was said before they were in nothing is new.
  expect(await newsOf(fox)).toMatchObject({ isLetIn: true, postCount: 0 })
  expect((await fox.lookAtCircle()).ok).toBe(true)
  expect(await newsOf(fox)).toMatchObject({ isLetIn: false, postCount: 0 })

  expect((await owner.sayInCircle({ text: 'How are you?', key: 'second' })).ok).toBe(true)
  await until(async () => (await newsOf(fox))?.postCount === 1)
  expect((await fox.muteCircle(true)).ok).toBe(true)
  expect(await newsOf(fox)).toMatchObject({ postCount: 0 })
  expect((await circleOf(fox))?.isMuted).toBe(true)
  expect((await fox.muteCircle(false)).ok).toBe(true)
  expect(await newsOf(fox)).toMatchObject({ postCount: 1 })
  expect((await fox.lookAtCircle()).ok).toBe(true)
  expect(await newsOf(fox)).toMatchObject({ postCount: 0 })

  const { postId, id } = (await postsOf(fox)).posts.find(({ text }) => text === 'How are you?')!
  expect((await fox.sayInCircle({ text: 'Well', key: 'c1' }, postId)).ok).toBe(true)
  expect((await fox.report(id, 'Too curious')).ok).toBe(true)
  await until(async () => (await newsOf(owner))?.reportCount === 1)
  expect(await newsOf(owner)).toMatchObject({ postCount: 0, comments: [{ postId, count: 1 }] })
  expect((await owner.lookAtCircle(postId)).ok).toBe(true)
  expect((await owner.hideInCircle(id, false)).ok).toBe(true)
  expect(await newsOf(owner)).toMatchObject({ comments: [], reportCount: 0 })
  expect(await newsOf(fox)).toMatchObject({ comments: [], reportCount: 0 })

  const member = (await circleOf(owner))!.members.find(one => one.name === 'Fox')!
  expect((await owner.removeFromCircle(member.id)).ok).toBe(true)
  await until(async () => {
    await mail(owner, fox)
    return (await newsOf(fox))?.isOverNew === true
  })
  expect((await fox.lookAtCircle()).ok).toBe(true)
  expect(await newsOf(fox)).toMatchObject({ isOver: true, isOverNew: false })
})
