import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Contact } from '#app/core/people-session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_CODE, FAKE_INVITATION_WORDS } from '#tests/support/fake-people.ts'
import { FAKE_PASSPHRASE, FakeSession, OPEN } from '#tests/support/fake-session.ts'

const MET_AT = instant(Date.UTC(2026, 10, 20))
const BEA: Contact = { contactId: 'c1', name: 'Bea', addedAt: MET_AT, state: 'known' }

const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string) => page.getByRole('heading', { name, level: 1 })

beforeEach(async () => {
  await page.viewport(360, 740)
})

function sessionWith(...contacts: readonly Contact[]): FakeSession {
  const session = new FakeSession()
  session.people.set({ contacts, invitations: [] })
  return session
}

/** As if the link had been opened in this window. */
function openLink(code: string): void {
  const before = location.href
  history.replaceState(null, '', `/meet#${code}`)
  onTestFinished(() => history.replaceState(null, '', before))
}

test('somebody is invited by code, link and words, and when they answer it goes on to comparing', async () => {
  const session = new FakeSession()
  let looks = 0
  session.checkMail = async () => {
    looks += 1
  }
  const { root, path } = drawPage('/people', session)
  await expect.element(page.getByRole('heading', { name: 'Nobody here yet' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button('Invite someone').click()
  await expect.element(heading('Your invitation')).toBeVisible()
  expect(path()).toBe('/people/invitation/i1')
  await expect.element(page.getByRole('img', { name: 'QR code of your invitation' })).toBeVisible()
  await expect.element(page.getByLabelText('Link')).toHaveValue(`${location.origin}/meet#${FAKE_CODE}`)
  for (const word of FAKE_INVITATION_WORDS) await expect.element(page.getByText(word)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(0)

  session.people.set({ contacts: [BEA], invitations: [] })
  await expect.poll(path).toBe('/people/c1')
  await expect.element(page.getByRole('list', { name: '60 digits' })).toBeVisible()
  expect(page.getByRole('list', { name: '60 digits' }).element().children).toHaveLength(12)
})

test('an invitation that is over says so; an open one can be withdrawn', async () => {
  const session = new FakeSession()
  await session.invite()
  const { path } = drawPage('/people', session)
  await button('Withdraw').click()
  await expect.element(page.getByText('Withdrawn. It opens nothing any more.')).toBeVisible()
  expect(session.people.value.invitations).toEqual([])
  drawPage('/people/invitation/i1', session)
  await expect.element(heading('This invitation is not open any more')).toBeVisible()
  expect(path()).toBe('/people')
})

test('how long an invitation stays open counts by the server’s clock', async () => {
  const session = new FakeSession()
  const byMs = -6 * 365 * 86_400_000
  await session.invite()
  const [invitation] = session.people.value.invitations
  const endsAt = instant(Date.now() - byMs + 6.9 * 86_400_000)
  session.people.set({ contacts: [], invitations: [{ ...invitation!, endsAt }] })
  session.status.set({ ...session.status.value, problems: [{ kind: 'clock-differs', byMs }] })
  drawPage('/people', session)
  await expect.element(page.getByText('Open for another 7 days')).toBeVisible()
})

test('words that say nothing here may be of another server: its address is asked for, and who is asked is said before anything is sent', async () => {
  const session = sessionWith()
  const read: string[] = []
  session.readInvitation = async (text: string) => {
    read.push(text)
    if (read.length < 2) return fail({ kind: 'nothing-there' })
    return ok({ name: 'Tom Jansen', isKnown: false, relay: 'https://his.example:8443' })
  }
  const { root } = drawPage('/meet', session)
  const words = FAKE_INVITATION_WORDS.join(' ')
  await page.getByLabelText('The link, or the eight words').fill(words)
  await expect.element(page.getByLabelText(/^Their server/)).not.toBeInTheDocument()
  await button('See whose it is').click()
  const server = page.getByLabelText(/^Their server/)
  await server.fill('http://his.example')
  await button('See whose it is').click()
  await expect.element(page.getByText('This is no address of a server. It begins with https://')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await server.fill('his.example:8443')
  await button('See whose it is').click()
  await expect.element(page.getByText(/^They use another server: his\.example:8443\./)).toBeVisible()
  expect(read).toEqual([words, `${words} https://his.example:8443`])
  expect(await axeFindings(root)).toEqual([])
})

test('somebody on another server is told by its name', async () => {
  drawPage('/people/c1', sessionWith({ ...BEA, relay: 'https://hers.example' }))
  await expect.element(page.getByText('On another server: hers.example')).toBeVisible()
})

test('an opened link leaves the address at once, says whose it is and what is sent, and only then answers', async () => {
  openLink(FAKE_CODE)
  const { session, root, path } = drawPage('/meet')
  expect(location.hash).toBe('')
  await expect.element(heading('Tom Jansen invites you')).toBeVisible()
  await expect.element(page.getByText('Your name, as it stands on your record: Maria Jansen.')).toBeVisible()
  expect(session.people.value.contacts).toEqual([])
  expect(await axeFindings(root)).toEqual([])
  await button('Yes, connect').click()
  await expect.poll(path).toBe('/people/c9')
  await expect.element(page.getByText('Waiting for Tom Jansen')).toBeVisible()
})

test.each([
  ['a link that was used', { kind: 'closed', reason: 'used' }, 0],
  ['one’s own link', { kind: 'own' }, 0],
  ['a link that could not be looked at yet', { kind: 'unreachable' }, 1],
] as const)('%s is offered again only where that may help', async (_, why, offers) => {
  openLink(FAKE_CODE)
  const session = new FakeSession()
  session.nextMeetFailure = why
  drawPage('/meet', session)
  await expect.element(page.getByRole('alert')).toBeVisible()
  expect(button('Try again').elements()).toHaveLength(offers)
})

test('mistyped words are named with what they may have been; other failures say what to do', async () => {
  const session = new FakeSession()
  session.nextMeetFailure = {
    kind: 'not-an-invitation',
    words: { kind: 'unknown', wrong: [{ position: 2, suggestions: ['valley'] }] },
  }
  drawPage('/meet', session)
  await page.getByLabelText('The link, or the eight words').fill('cinema vallei ribbon')
  await button('See whose it is').click()
  await expect.element(page.getByRole('alert').getByText(/These are not the eight words/)).toBeVisible()
  await button('Use “valley” as word 2').click()
  await expect.element(page.getByLabelText('The link, or the eight words')).toHaveValue('cinema valley ribbon')
  session.nextMeetFailure = { kind: 'closed', reason: 'used' }
  await button('See whose it is').click()
  await expect.element(page.getByRole('alert').getByText(/Somebody has used this invitation already/)).toBeVisible()
})

test('a number that is another one by the time it was compared is shown anew, and nothing is marked before', async () => {
  const { session } = drawPage('/people/c1', sessionWith(BEA))
  await expect.element(page.getByText('01234').first()).toBeVisible()
  session.digits = '9876543210'.repeat(6)
  await button('They are the same').click()
  await expect.element(page.getByText(/They came back with other keys meanwhile/)).toBeVisible()
  await expect.element(page.getByText('98765').first()).toBeVisible()
  expect(session.people.value.contacts[0]?.comparedAt).toBeUndefined()
  await button('They are the same').click()
  await expect.element(page.getByText(/You compared the number on/)).toBeVisible()
})

test('the number is compared; when it differs, the page says what that means and nothing is marked', async () => {
  const { session, root } = drawPage('/people/c1', sessionWith(BEA))
  await button('They differ').click()
  await expect.element(page.getByText('Then share nothing with them yet')).toBeVisible()
  // The button that was pressed is gone: the focus is where it stood, not lost.
  await expect.poll(() => document.activeElement?.textContent).toBe('Compare this number')
  expect(session.people.value.contacts[0]?.comparedAt).toBeUndefined()
  expect(page.getByRole('link', { name: 'Share something' }).elements()).toHaveLength(0)
  await expect.element(page.getByText(/^Nothing new can be shared with Bea until you both see/)).toBeVisible()
  await button('Look at the number again').click()
  await page.getByText('Show it as 18 words').click()
  expect(page.getByRole('list', { name: '18 words' }).element().children).toHaveLength(18)
  await button('They are the same').click()
  await expect.element(page.getByText(/You compared the number on/)).toBeVisible()
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^(Bea|The number you compared)$/)
  expect(session.people.value.contacts[0]?.comparedAt).toBeDefined()
  await expect.element(page.getByRole('link', { name: 'Share something' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('whose number differed stays so on the page, in the list and at the address of sharing; what goes on can be stopped', async () => {
  const session = sessionWith({ ...BEA, state: 'differs' })
  const { root } = drawPage('/people/c1', session)
  await expect.element(page.getByText('Then share nothing with them yet')).toBeVisible()
  await expect.element(page.getByText('The number differed', { exact: true })).toBeVisible()
  expect(page.getByText(/^What they see already goes on/).elements()).toHaveLength(0)
  expect(await axeFindings(root)).toEqual([])
  const given = { shareId: 's1', contactId: 'c1', contactName: 'Bea', sections: ['problems'], role: 'read' } as const
  const about = { withHistory: false, begunAnew: [], createdAt: MET_AT, state: 'accepted' } as const
  session.shares.set({ given: [{ ...given, ...about }], received: [] })
  await expect.element(page.getByText(/^What they see already goes on/)).toBeVisible()
  await expect.element(button('Stop')).toBeVisible()
  drawPage('/people/c1/share', session)
  await expect.element(page.getByText(/^You cannot share with Bea at the moment/)).toBeVisible()
  drawPage('/people', session)
  await expect.element(page.getByRole('link', { name: /Bea.*The number differed/ })).toBeVisible()
})

test('somebody who came back with a new Wellkeep waits for a decision, in plain words', async () => {
  const { session, root } = drawPage('/people/c1', sessionWith({ ...BEA, state: 'changed', comparedAt: MET_AT }))
  await expect.element(page.getByText('Is this really Bea?')).toBeVisible()
  expect(root.textContent).not.toMatch(/\bkeys?\b|permission/i)
  await expect.element(page.getByRole('link', { name: 'Share something' })).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
  await button('They are the same').click()
  await unlockAgain('not it', 'Take the new one')
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  expect(session.people.value.contacts[0]?.state).toBe('changed')
  await unlockAgain(FAKE_PASSPHRASE, 'Take the new one')
  await expect.poll(() => session.people.value.contacts[0]?.state).toBe('known')
})

test('taking a new Wellkeep without comparing asks in one dialog, not in two on top of one another', async () => {
  const { session } = drawPage('/people/c1', sessionWith({ ...BEA, state: 'changed' }))
  await button('Take the new one without comparing').click()
  await expect.element(page.getByText(/Your passphrase says that you want that/)).toBeVisible()
  expect(document.querySelectorAll('[role=dialog]')).toHaveLength(1)
  await unlockAgain(FAKE_PASSPHRASE, 'Take the new one')
  await expect.poll(() => session.people.value.contacts[0]?.state).toBe('known')
})

test('a contact is renamed, and removed after what is shared was stopped', async () => {
  const session = sessionWith(BEA)
  await session.share({
    contactId: 'c1',
    sections: ['problems'],
    role: 'read',
    withHistory: false,
    passphrase: '',
  })
  const { path } = drawPage('/people/c1', session)
  await button('Change the name').click()
  await page.getByLabelText('Name').fill('My daughter')
  await button('Save').click()
  await expect.element(heading('My daughter')).toBeVisible()
  await button('Remove My daughter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(path).toBe('/people')
  expect(session.shares.value.given[0]).toMatchObject({ state: 'ended', endedBy: 'stopped' })
  expect(session.people.value.contacts).toEqual([])
})

test('a sample record offers no sharing', async () => {
  drawPage('/people', new FakeSession({ ...OPEN, isSample: true }))
  await expect.element(page.getByText(/Sharing needs a record of your own/)).toBeVisible()
  await expect.element(button('Invite someone')).not.toBeInTheDocument()
})
