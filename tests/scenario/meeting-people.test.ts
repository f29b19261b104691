import { expect, test, vi } from 'vitest'
import { household } from '#tests/support/household.ts'
import {
  compare,
  contactOf,
  exchange,
  knows,
  meet,
  passphraseOf,
  peopleOf,
  makePerson,
  share,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { clock, device } = household()
const WEEK_MS = 7 * 24 * 3600_000

const person = (name: string) => makePerson(device, name)

test('Ana invites Bea by link: both know each other, see one safety number, and each says that it was compared', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect((await peopleOf(ana.session)).invitations).toEqual([invited.value])
  const link = `http://localhost:8787/meet#${invited.value.code}`
  expect(await bea.session.readInvitation(link)).toEqual({ ok: true, value: { name: 'Ana', isKnown: false } })
  const accepted = await bea.session.acceptInvitation(link)
  if (!accepted.ok) throw new Error(accepted.failure.kind)
  expect((await contactOf(bea.session, 'Ana'))?.state).toBe('waiting')
  await exchange([ana.session, bea.session], async () => (await knows(ana.session, 'Bea')) && knows(bea.session, 'Ana'))
  expect((await peopleOf(ana.session)).invitations).toEqual([])

  const [anaHas, beaHas] = [await contactOf(ana.session, 'Bea'), await contactOf(bea.session, 'Ana')]
  const number = await ana.session.safetyNumber(anaHas!.contactId)
  expect(number?.digits).toMatch(/^\d{60}$/)
  expect(number?.words).toHaveLength(18)
  expect(await bea.session.safetyNumber(beaHas!.contactId)).toEqual(number)
  expect(anaHas?.comparedAt).toBeUndefined()
  expect((await compare(ana.session, anaHas!.contactId)).ok).toBe(true)
  expect((await contactOf(ana.session, 'Bea'))?.comparedAt).toBeDefined()
  expect((await contactOf(bea.session, 'Ana'))?.comparedAt).toBeUndefined()
})

test('two who take one another’s invitation at once know each other', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  const invited = [await ana.session.invite(), await bea.session.invite()]
  const [byAna, byBea] = invited.map(one => (one.ok ? one.value.code : ''))
  expect((await ana.session.acceptInvitation(byBea!)).ok).toBe(true)
  expect((await bea.session.acceptInvitation(byAna!)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await knows(ana.session, 'Bea')) && knows(bea.session, 'Ana'))
})

test('an invitation counts once: who comes later reads why, and who came second at the same time is told', async () => {
  const [ana, bea, cal, dan] = [await person('Ana'), await person('Bea'), await person('Cal'), await person('Dan')]
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const { code } = invited.value
  ana.setOnline(false)
  expect((await bea.session.acceptInvitation(code)).ok).toBe(true)
  expect((await cal.session.acceptInvitation(code)).ok).toBe(true)
  ana.setOnline(true)
  await exchange(
    [ana.session, bea.session, cal.session],
    async () => (await knows(bea.session, 'Ana')) && (await contactOf(cal.session, 'Ana'))?.state === 'refused',
  )
  expect((await contactOf(cal.session, 'Ana'))?.refusal).toBe('used')
  expect((await peopleOf(ana.session)).contacts.map(one => one.name)).toEqual(['Bea'])
  expect(await dan.session.acceptInvitation(code)).toEqual({ ok: false, failure: { kind: 'closed', reason: 'used' } })
})

test('whoever is known already stays known, also where an invitation that they take is used up', async () => {
  const [ana, bea, cal] = [await person('Ana'), await person('Bea'), await person('Cal')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  ana.setOnline(false)
  expect((await cal.session.acceptInvitation(invited.value.code)).ok).toBe(true)
  expect((await bea.session.acceptInvitation(invited.value.code)).ok).toBe(true)
  expect((await contactOf(bea.session, 'Ana'))?.state).toBe('waiting')
  ana.setOnline(true)
  const sessions = [ana.session, bea.session, cal.session]
  await exchange(sessions, async () => (await contactOf(bea.session, 'Ana'))?.state !== 'waiting')
  expect(await knows(bea.session, 'Ana')).toBe(true)
  expect(await knows(ana.session, 'Cal')).toBe(true)
})

test('withdrawn, expired, mistyped and own invitations are refused, each with its reason', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  const first = await ana.session.invite()
  if (!first.ok) throw new Error(first.failure.kind)
  expect(await ana.session.acceptInvitation(first.value.code)).toEqual({ ok: false, failure: { kind: 'own' } })
  expect((await ana.session.withdrawInvitation(first.value.invitationId)).ok).toBe(true)
  const withdrawn = { ok: false, failure: { kind: 'closed', reason: 'withdrawn' } }
  expect(await bea.session.acceptInvitation(first.value.code)).toEqual(withdrawn)
  const failureOf = async (text: string) => {
    const answer = await bea.session.readInvitation(text)
    return answer.ok ? undefined : answer.failure.kind
  }
  expect(await failureOf('ffffffffffffffffffffff')).toBe('nothing-there')
  expect(await failureOf('https://example.org/')).toBe('not-an-invitation')

  const second = await ana.session.invite()
  if (!second.ok) throw new Error(second.failure.kind)
  // The relay's clock decides: the guest's own is wrong by a year.
  bea.clock.offsetMs = -365 * 24 * 3600_000
  expect(await failureOf(second.value.code)).toBeUndefined()
  clock.offsetMs += WEEK_MS
  expect(await bea.session.readInvitation(second.value.code)).toEqual({
    ok: false,
    failure: { kind: 'closed', reason: 'expired' },
  })
})

test('somebody who comes back with other keys waits until this person decides', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  await compare(ana.session, contactId)
  const before = await ana.session.safetyNumber(contactId)

  // Bea began anew: same name, other keys.
  const newBea = await person('Bea')
  const again = await ana.session.invite(contactId)
  if (!again.ok) throw new Error(again.failure.kind)
  expect((await newBea.session.acceptInvitation(again.value.code)).ok).toBe(true)
  await exchange([ana.session], async () => (await contactOf(ana.session, 'Bea'))?.state === 'changed')
  expect((await contactOf(newBea.session, 'Ana'))?.state).toBe('waiting')
  expect(await ana.session.safetyNumber(contactId)).not.toEqual(before)
  expect((await peopleOf(ana.session)).contacts).toHaveLength(1)

  const wrong = { ok: false, failure: { kind: 'wrong-passphrase' } }
  expect(await ana.session.decideChangedKeys(contactId, 'use')).toEqual(wrong)
  expect(await compare(ana.session, contactId)).toEqual(wrong)
  expect((await ana.session.decideChangedKeys(contactId, 'use', passphraseOf('Ana'))).ok).toBe(true)
  await exchange([ana.session, newBea.session], () => knows(newBea.session, 'Ana'))
  expect(await contactOf(ana.session, 'Bea')).toMatchObject({ contactId, state: 'known' })
  expect((await contactOf(ana.session, 'Bea'))?.comparedAt).toBeUndefined()

  // Each takes an invitation of the other once more: still one Bea.
  for (const [by, guest] of [
    [newBea, ana],
    [ana, newBea],
  ] as const) {
    const more = await by.session.invite()
    if (!more.ok) throw new Error(more.failure.kind)
    expect((await guest.session.acceptInvitation(more.value.code)).ok).toBe(true)
    const both = async () => (await knows(ana.session, 'Bea')) && (await knows(newBea.session, 'Ana'))
    await exchange([ana.session, newBea.session], both)
    const { contacts, invitations } = await peopleOf(by.session)
    expect([contacts.length, invitations]).toEqual([1, []])
    expect((await peopleOf(guest.session)).contacts.map(one => one.contactId)).toHaveLength(1)
  }
})

test('a number was compared on the day that the relay says, where this device’s clock is years ahead', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  ana.clock.offsetMs = 150 * WEEK_MS
  expect((await compare(ana.session, contactId)).ok).toBe(true)
  expect((await contactOf(ana.session, 'Bea'))?.comparedAt).toBeLessThan(clock.now() + WEEK_MS)
})

test('what was not kept is kept out: renamed, removed, and a name that is empty', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  expect(await ana.session.renameContact(contactId, '  ')).toEqual({
    ok: false,
    failure: { kind: 'invalid', field: 'name' },
  })
  expect((await ana.session.renameContact(contactId, 'My daughter')).ok).toBe(true)
  expect((await contactOf(ana.session, 'My daughter'))?.state).toBe('known')
  expect((await ana.session.removeContact(contactId)).ok).toBe(true)
  const again = await ana.restart()
  await again.session.unlock(passphraseOf('Ana'))
  expect((await peopleOf(again.session)).contacts).toEqual([])
})

test('whose number was another one gets nothing new until it was compared, also after a restart', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const going = await share(ana, 'Bea', { sections: ['allergies'] })
  expect((await compare(ana.session, contactId)).ok).toBe(true)
  const { digits } = (await ana.session.safetyNumber(contactId))!
  const other = { ok: false, failure: { kind: 'other-number' } }
  expect(await ana.session.markDiffering(contactId, '0'.repeat(60))).toEqual(other)
  expect((await ana.session.markDiffering(contactId, digits)).ok).toBe(true)
  const again = await ana.restart()
  const passphrase = passphraseOf('Ana')
  await again.session.unlock(passphrase)
  const doubted = await contactOf(again.session, 'Bea')
  expect(doubted).toMatchObject({ state: 'differs' })
  expect(doubted?.comparedAt).toBeUndefined()
  const request = { contactId, sections: ['problems'], role: 'read', withHistory: true, passphrase } as const
  const notReady = { ok: false, failure: { kind: 'contact-not-ready' } }
  expect(await again.session.share(request)).toEqual(notReady)
  const sections = ['allergies', 'problems'] as const
  expect(await again.session.changeShare(going, { sections, passphrase })).toEqual(notReady)
  expect((await again.session.stopShare(going)).ok).toBe(true)
  expect((await compare(again.session, contactId)).ok).toBe(true)
  expect(await contactOf(again.session, 'Bea')).toMatchObject({ state: 'known' })
  expect((await again.session.share(request)).ok).toBe(true)
})

test('a number on the screen while somebody’s keys change makes sure of nobody but whose it is', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const shown = async () => (await ana.session.safetyNumber(contactId))!.digits
  const comesBack = async () => {
    const before = await shown()
    const again = await ana.session.invite(contactId)
    if (!again.ok) throw new Error(again.failure.kind)
    expect((await (await person('Bea')).session.acceptInvitation(again.value.code)).ok).toBe(true)
    await exchange([ana.session], async () => (await shown()) !== before)
  }
  const first = await shown()
  await comesBack()
  const second = await shown()
  await comesBack()
  const other = { ok: false, failure: { kind: 'other-number' } }
  for (const digits of [first, second, '']) {
    expect(await ana.session.markCompared(contactId, digits, passphraseOf('Ana'))).toEqual(other)
  }
  expect(await contactOf(ana.session, 'Bea')).toMatchObject({ state: 'changed' })
  expect((await compare(ana.session, contactId, passphraseOf('Ana'))).ok).toBe(true)
  expect(await contactOf(ana.session, 'Bea')).toMatchObject({ state: 'known' })
  expect((await contactOf(ana.session, 'Bea'))?.comparedAt).toBeDefined()
})
