import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shownSections } from '#app/core/sharing/shown-sections.ts'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { instant } from '#schema/instant.ts'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'

/** Pages are loaded when they are first visited. */
const LOADED = { timeout: 30_000 }

/** Maria, who keeps a record for Tim. */
function maria() {
  const session = new FakeSession()
  const tim = new FakeSession({ ...OPEN, personName: 'Tim', birthDate: '2015-06-07' })
  session.putKept(keptRecord(), tim)
  return { session, tim }
}

test('a record for a child is made after name and birth date, and its words come next', async () => {
  const { session, path } = drawPage('/keep')
  await page.getByRole('button', { name: 'Make the record' }).click()
  await expect.element(page.getByRole('textbox', { name: 'Their name' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: 'Their name' }).fill('Tim')
  await page.getByLabelText('Date of birth').fill('2015-06-07')
  await page.getByRole('button', { name: 'Make the record' }).click()
  await expect.poll(() => path(), LOADED).toBe('/kept/k1/kit')
  expect(session.kept.value.records[0]).toMatchObject({ name: 'Tim', birthDate: '2015-06-07' })
})

test('the switcher says whose record is on screen and leads to the others by keyboard', async () => {
  const { session } = maria()
  drawApp('/', session)
  const trigger = page.getByRole('button', { name: 'Record of Maria Jansen. Choose another' })
  await expect.element(trigger).toBeVisible()
  trigger.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem', { name: /Tim/ })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(page.getByText('You are looking at the record of Tim')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Record of Tim. Choose another' })).toBeVisible()
})

test('home has a card for each other record, one press from it', async () => {
  const { session } = maria()
  const { root } = drawPage('/', session)
  await expect.element(page.getByRole('heading', { name: 'Today, in the other records' })).toBeVisible()
  await expect.element(page.getByText(/last 7 days/)).toBeVisible()
  await page.getByRole('link', { name: 'Open the record of Tim' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: 'The record of Tim' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('the card of a record that somebody shares is given no entry: one’s own home page looks at nothing of it', async () => {
  const session = new FakeSession()
  fillPeople(session)
  const told: [string, unknown][] = []
  const { watchShared } = session
  session.watchShared = (id, method, args, listener) =>
    watchShared(id, method, args, ((answer: never) => {
      told.push([method, answer])
      listener(answer)
    }) as typeof listener)
  const { root } = drawPage('/', session)
  await expect.element(page.getByRole('link', { name: 'Open the record of Anna Jansen' })).toBeVisible()
  await expect.poll(() => told.length).toBeGreaterThan(0)
  expect(told.flatMap(([method, answer]) => shownSections(method, answer))).toEqual([])
  await expect.element(page.getByText(/last 7 days/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('the record of somebody else is spoken of as theirs', async () => {
  const { root } = drawPage('/kept/k1', maria().session)
  await expect.element(page.getByRole('heading', { name: 'Current medicines' })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'The whole record' })).toBeVisible()
  expect(root.textContent).not.toMatch(/Medicines you take|in your record|Your whole record/)
})

test('a record of somebody else in which nothing is yet is theirs too', async () => {
  const { session, tim } = maria()
  tim.entries.splice(0)
  const { root } = drawPage('/kept/k1', session)
  await expect.element(page.getByRole('heading', { name: 'The record of Tim is ready' })).toBeVisible()
  expect(root.textContent).not.toMatch(/Only you can read it|your allergies/)
})

test('the words of somebody else’s record say whose they are, and for whom the paper is', async () => {
  const session = new FakeSession()
  const room = new FakeSession({ ...OPEN, personName: 'Tim', kitConfirmed: false, kitIsHere: true })
  session.putKept(keptRecord(), room)
  drawPage('/kept/k1/kit', session)
  await expect.element(page.getByRole('heading', { level: 1, name: 'The recovery kit of Tim' })).toBeVisible()
  await expect.element(page.getByText(/open the record of Tim on any device, without you/)).toBeVisible()
})

test('what is added in Tim’s record goes there and nowhere else', async () => {
  const { session, tim } = maria()
  const [before, beforeTim] = [session.entries.length, tim.entries.length]
  drawPage('/kept/k1/add/allergy', session)
  await page.getByRole('textbox', { name: 'What do you react to?' }).fill('Peanut')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('heading', { name: 'Peanut' }).first()).toBeVisible()
  expect([session.entries.length, tim.entries.length]).toEqual([before, beforeTim + 1])
})

/** Maria with people, records and plans in every state. */
function full() {
  const session = new FakeSession()
  const room = new FakeSession({ ...OPEN, personName: 'Tim Jansen', birthDate: '2012-05-06' })
  fillPeople(session)
  fillKept(session, room)
  return { session, room }
}

test('the page of guardians lists them, asks before one is removed, and lets another in by the passphrase only', async () => {
  const { session, room } = full()
  drawPage('/kept/k1/guardians', session)
  await page.getByRole('button', { name: 'Remove Dr Okonkwo-Featherstonehaugh from this record' }).click()
  await expect.element(page.getByRole('heading', { name: 'Remove Dr Okonkwo-Featherstonehaugh?' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  const who = page.getByRole('combobox', { name: 'Who?' })
  await expect.element(who).toHaveValue('')
  // Who is in already is not offered once more.
  await expect.poll(() => who.element().textContent).toMatch(/Bea Jansen/)
  expect(who.element().textContent).not.toMatch(/Okonkwo/)
  await page.getByRole('button', { name: 'Let them in' }).click()
  await expect.element(page.getByText('Choose who it is to be.')).toBeVisible()
  await who.selectOptions('Bea Jansen')
  room.nextGuardianFailure = { kind: 'wrong-passphrase' }
  await page.getByRole('button', { name: 'Let them in' }).click()
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Let them in' }).click()
  await expect.element(page.getByText(/gets an offer and sees nothing before accepting it/)).toBeVisible()
})

test('once somebody was let in the form begins anew for the next one, and says of nothing that it is missing', async () => {
  const { session, room } = full()
  const { contacts, invitations } = session.people.value
  const [bea] = contacts
  session.people.set({ contacts: [...contacts, { ...bea!, contactId: 'c9', name: 'Cal Jansen' }], invitations })
  const add = room.addGuardian.bind(room)
  room.addGuardian = async () => {
    const { guardians } = room.guardians.value
    const asked = { ...guardians[0]!, deviceId: 'g9', contactId: 'c1', isThisOne: false, state: 'offered' } as const
    room.guardians.set({ guardians: [...guardians, asked] })
    return add()
  }
  drawPage('/kept/k1/guardians', session)
  const who = page.getByRole('combobox', { name: 'Who?' })
  await who.selectOptions('Bea Jansen')
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Let them in' }).click()
  await expect.element(page.getByText(/gets an offer and sees nothing before accepting it/)).toBeVisible()
  await expect.element(who).toHaveValue('')
  expect(page.getByText('Choose who it is to be.').elements()).toHaveLength(0)
})

test('a hand-over is planned for a compared contact, with the eighteenth birthday proposed and nothing kept by itself', async () => {
  const { session } = full()
  const { path } = drawPage('/kept/k1/hand-over', session)
  await expect.element(page.getByLabelText('On which day?')).toHaveValue('2030-05-06')
  await expect.element(page.getByRole('combobox', { name: 'Who takes it over?' })).toHaveTextContent('Bea Jansen')
  expect(page.getByRole('checkbox', { checked: true }).elements()).toEqual([])
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.poll(() => path(), LOADED).toBe('/kept/k1/guardians')
})

/** The hand-over of Tim’s record, with one more contact who was compared. */
function withContact(name: string) {
  const { session } = full()
  const { contacts, invitations } = session.people.value
  session.people.set({ invitations, contacts: [...contacts, { ...contacts[0]!, contactId: 'c9', name }] })
  const { path } = drawPage('/kept/k1/hand-over', session)
  return { session, path, who: page.getByRole('combobox', { name: 'Who takes it over?' }) }
}

test('of several contacts the one of the same name is proposed', async () => {
  const { who } = withContact('Tim Jansen')
  await expect.element(who).toHaveValue('c9')
})

test('of several contacts with other names nobody is proposed: whose record it will be is for somebody to say', async () => {
  const { session, path, who } = withContact('Timothy')
  await expect.element(who).toHaveValue('')
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.element(page.getByText('Choose who it is to be.')).toBeVisible()
  await who.selectOptions('Timothy')
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.poll(() => path(), LOADED).toBe('/kept/k1/guardians')
})

test('the one contact who is left over beside a guardian is not proposed', async () => {
  const { session, room } = full()
  const { contacts, invitations } = session.people.value
  session.people.set({ invitations, contacts: [...contacts, { ...contacts[0]!, contactId: 'c9', name: 'Dr Weber' }] })
  const { guardians } = room.guardians.value
  room.guardians.set({
    guardians: guardians.map(one => (one.name === 'Bea Jansen' ? { ...one, contactId: 'c1' } : one)),
  })
  drawPage('/kept/k1/hand-over', session)
  const who = page.getByRole('combobox', { name: 'Who takes it over?' })
  await expect.element(who).toHaveValue('')
  expect(who.element().textContent).toMatch(/Dr Weber/)
})

test('a guardian is not proposed as whom the record is about, nor offered: with nobody else it says what is needed first', async () => {
  const { session, room } = full()
  const { guardians } = room.guardians.value
  room.guardians.set({
    guardians: guardians.map(one => (one.name === 'Bea Jansen' ? { ...one, contactId: 'c1', state: 'active' } : one)),
  })
  drawPage('/kept/k1/hand-over', session)
  await expect.element(page.getByText(/needs a Wellkeep of their own first/)).toBeVisible()
  expect(page.getByRole('combobox', { name: 'Who takes it over?' }).query()).toBeNull()
})

test('what a guardian keeps after the hand-over is chosen by section, and goes along with the plan', async () => {
  const { session, room } = full()
  const { path } = drawPage('/kept/k1/hand-over', session)
  await page.getByText('0 sections').first().click()
  await page.getByText('Problems', { exact: true }).first().click()
  await page.getByText('See and add').first().click()
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.poll(() => path(), LOADED).toBe('/kept/k1/guardians')
  expect(room.plannedTerms).toMatchObject([{ sections: ['problems'], role: 'write' }])
  expect(room.plannedTerms[0]?.until).toBeUndefined()
})

test('before a hand-over is signed it says who will see the record, each until when, and who is out', async () => {
  const { session, room } = full()
  fillPeople(room)
  const { root, path } = drawPage('/kept/k1/hand-over', session)
  const sees = page.getByRole('list').filter({ hasText: 'decides who else' })
  await expect.element(sees.getByText(/has all of it/)).toBeVisible()
  await expect.element(sees.getByText('Maria Jansen keeps nothing and does not see it any more.')).toBeVisible()
  await expect.element(sees.getByText(/Let in from this record until now, and out then: /)).toBeVisible()
  await page.getByText('0 sections').first().click()
  await page.getByText('Problems', { exact: true }).first().click()
  await expect.element(sees.getByText(/^Maria Jansen keeps: See · Problems · until .+ stops it$/)).toBeVisible()
  await page.getByLabelText('Until which day?').fill('2030-05-05')
  await page.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.element(page.getByText('Choose the day of the hand-over or a later one.')).toBeVisible()
  await page.getByLabelText('Until which day?').fill('2031-05-05')
  await expect.element(sees.getByText(/Maria Jansen keeps: See · Problems · until .*2031/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Plan it' }).click()
  await expect.poll(() => path()).toBe('/kept/k1/guardians')
  expect(room.plannedTerms).toMatchObject([{ until: new Date('2031-05-06T00:00:00').getTime() }])
})

test('before a record is handed over at once it says what each guardian keeps and until when', async () => {
  const { session } = full()
  drawPage('/kept/k1/guardians', session)
  await page.getByRole('button', { name: 'Hand over now' }).click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText(/^Maria Jansen keeps: See · Medicines · until .?Tim.? stops it$/)).toBeVisible()
  await expect
    .element(dialog.getByText('Everybody else who looks after this record, or was let in from it, is out.'))
    .toBeVisible()
})

test('a hand-over is signed by the enter key too; nothing is said to be wrong before it is', async () => {
  const { session, room } = full()
  drawPage('/kept/k1/guardians', session)
  await page.getByRole('button', { name: 'Hand over now' }).click()
  const passphrase = page.getByRole('dialog').getByLabelText('Your passphrase, as a signature')
  await expect.element(passphrase).not.toHaveAttribute('aria-invalid')
  room.nextGuardianFailure = { kind: 'wrong-passphrase' }
  await passphrase.fill('other words')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog').getByText('This is not your passphrase.')).toBeVisible()
  await passphrase.fill(room.passphrase)
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => page.getByRole('dialog').elements()).toHaveLength(0)
})

test('the enter key in the passphrase takes a record over, as the button does', async () => {
  const { session } = full()
  drawPage('/people', session)
  const offer = page.getByRole('article').filter({ hasText: 'hands the record of' })
  await offer.getByLabelText('Your passphrase, as a signature').fill(session.passphrase)
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('It comes in now. This may take a few minutes.')).toBeVisible()
})

test('whoever takes a record over reads who of their own readers will see it too, and until when', async () => {
  const { session } = full()
  const { root } = drawPage('/people', session)
  const offer = page.getByRole('article').filter({ hasText: 'Grandpa Okonkwo' })
  await expect
    .element(offer.getByText('Bea Jansen keeps: See · Allergies and Medicines · until you stop it'))
    .toBeVisible()
  await expect.element(offer.getByText(/They will also see what comes into those parts now:/)).toBeVisible()
  await expect.element(offer.getByText(/: Problems and Medicines · until/)).toBeVisible()
  session.shares.set({ ...session.shares.value, given: [] })
  session.guardians.set({ guardians: [] })
  await expect.element(offer.getByText(/You show nothing of your own record to others/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test.each(['out', 'refused'] as const)('in a record that is %s nobody is offered to be removed', async state => {
  const { session } = full()
  const [record] = session.kept.value.records
  session.kept.set({ ...session.kept.value, records: [{ ...record!, state }] })
  drawPage('/kept/k1/guardians', session)
  await expect.element(page.getByText('Dr Okonkwo-Featherstonehaugh')).toBeVisible()
  expect(page.getByRole('button', { name: /^Remove/ }).elements()).toEqual([])
})

test('what is handed over to me says what guardians keep and asks for my passphrase; managers get everything', async () => {
  const { session } = full()
  drawPage('/people', session)
  await expect
    .element(page.getByRole('heading', { name: 'Bea Jansen hands the record of Grandpa Okonkwo over to you' }))
    .toBeVisible()
  session.nextGuardianFailure = { kind: 'wrong-passphrase' }
  await page.getByRole('button', { name: 'Make it mine' }).click()
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
})

test('who takes a record over stays with their own people and is told that it comes; then, that it is theirs', async () => {
  const { session } = full()
  const { path } = drawPage('/people', session)
  await page.getByRole('button', { name: 'Make it mine' }).click()
  await expect.element(page.getByText(/this record is coming into your own/)).toBeVisible()
  expect(path()).toBe('/people')
  const { offers, past, records } = session.kept.value
  const [taken, ...others] = [...records].reverse()
  const mine = { keptId: taken!.keptId, name: taken!.name, endedBy: 'taken-over', unmet: [] } as const
  session.kept.set({ offers, records: others, past: [mine, ...past] })
  await expect.element(page.getByText(/this record is yours now/)).toBeVisible()
  await expect.element(page.getByText(/is coming into your own/)).not.toBeInTheDocument()
})

test('sharing from Tim’s record, and who looked at it, stay with that record on the way back too', async () => {
  const { session, tim } = maria()
  fillPeople(tim)
  const { path } = drawPage('/kept/k1/people/c1/share', session)
  const back = page.getByRole('main').getByRole('link', { name: 'Back', exact: true })
  await expect.element(back).toHaveAttribute('href', '/kept/k1/people/c1')
  await page.getByText(/^Problems \(/).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect.element(page.getByText('Step 2 of 4')).toBeVisible()
  await back.click()
  await expect.element(page.getByText('Step 1 of 4')).toBeVisible()
  await back.click()
  await page.getByRole('link', { name: 'Who looked' }).first().click()
  await expect.element(page.getByRole('heading', { name: 'Who looked' })).toBeVisible()
  expect(path()).toMatch(/^\/kept\/k1\/who-looked/)
  await page.getByRole('main').getByRole('link', { name: 'Family & sharing' }).click()
  await expect.poll(() => path(), LOADED).toBe('/kept/k1/people')
})

test('a record that goes while it is on screen says why', async () => {
  const { session } = maria()
  drawPage('/kept/k1/guardians', session)
  await expect.element(page.getByRole('heading', { name: 'Guardians' })).toBeVisible()
  const past = [{ keptId: 'k1', name: 'Tim', endedBy: 'handed-over', unmet: [] }] as const
  session.kept.set({ records: [], offers: [], past })
  await expect.element(page.getByText(/this record was handed over to the person it is about/)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Family & sharing' }).click()
})

test('managing says all that it includes before it asks for the passphrase', async () => {
  const { session } = full()
  drawPage('/people/c1/manage', session)
  await expect.element(page.getByText('They see every section, private entries too.')).toBeVisible()
  await expect.element(page.getByText(/Your 24 words always win/)).toBeVisible()
  await page.getByRole('button', { name: 'Let them manage' }).click()
  await expect.element(page.getByText(/Bea Jansen gets an offer/)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Records you keep for others' })).toBeVisible()
})

/** Bea manages Maria’s whole record, and Dr Okonkwo was asked to. */
function managed() {
  const { session, room } = full()
  session.shares.set({ given: [], received: [] })
  const about = { isThisOne: false, purpose: 'manager', addedAt: instant(Date.now()) } as const
  session.guardians.set({
    guardians: [
      { ...about, deviceId: 'm1', contactId: 'c1', name: 'Bea Jansen', until: instant(NEXT_YEAR), state: 'active' },
      { ...about, deviceId: 'm2', contactId: 'c2', name: 'Dr Okonkwo-Featherstonehaugh', state: 'offered' },
    ],
  })
  return { session, room }
}
const NEXT_YEAR = new Date('2031-05-06T12:00:00').getTime()

test('who manages the record is said to in the list of people and on their own page, never to see nothing', async () => {
  await page.viewport(360, 740)
  const { session } = managed()
  const { root, path } = drawPage('/people', session)
  const bea = page.getByRole('link', { name: /^Bea Jansen/ })
  await expect.element(bea.getByText(/^Manages your whole record, until .*2031/)).toBeVisible()
  expect(bea.getByText(/Sees nothing/).query()).toBeNull()
  const asked = 'Asked to manage your whole record, not accepted yet · Sees nothing of yours'
  await expect.element(page.getByRole('link', { name: /^Dr Okonkwo/ }).getByText(asked)).toBeVisible()
  const card = page.getByRole('region', { name: 'They manage your record' })
  await expect.element(card.getByText(/^Manages your whole record, until .*2031/)).toBeVisible()
  await expect.element(card.getByRole('link', { name: 'Who looked' })).toHaveAttribute('href', '/who-looked')
  expect(await axeFindings(root)).toEqual([])
  await bea.click()
  const sees = page.getByRole('region', { name: 'What Bea Jansen sees of yours' })
  await expect.element(sees.getByText(/^Manages your whole record, until .*2031/)).toBeVisible()
  expect(sees.getByText('Nothing.').query()).toBeNull()
  expect(await axeFindings(root)).toEqual([])
  await sees.getByRole('button', { name: 'Remove Bea Jansen from this record' }).click()
  await expect.element(page.getByRole('dialog').getByText(/Every part of the record gets new locks/)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await sees.getByRole('link', { name: 'Who looked' }).click()
  await expect.poll(() => path(), LOADED).toMatch(/^\/who-looked\?who=contact/)
})

test('who manages the record is given less time without, and more with the passphrase', async () => {
  const { session } = managed()
  const { root, path } = drawPage('/people/c1', session)
  await page.getByRole('link', { name: 'Change', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Until when Bea Jansen manages your record' })).toBeVisible()
  const passphrase = page.getByLabelText('Your passphrase, as a signature')
  const day = page.getByLabelText('Last day')
  await expect.element(day).toHaveValue('2031-05-06')
  await day.fill('2031-05-05')
  expect(passphrase.query()).toBeNull()
  await page.getByText('Until I stop it').click()
  session.nextGuardianFailure = { kind: 'wrong-passphrase' }
  await passphrase.fill('guess')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByText('Until a date').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText(/The Wellkeep of Bea Jansen follows/)).toBeVisible()
  await expect.poll(() => path(), LOADED).toBe('/people/c1')
  await expect.element(page.getByText(/^Manages your whole record, until .*May 5, 2031/)).toBeVisible()
})

const whole = {
  kind: 'whole',
  purpose: 'manager',
  keptId: '',
  contactId: 'c1',
  contactName: 'Bea Jansen',
  recordName: '',
  isDeclined: false,
} as const

test('before the end of who manages the record it is said, and who declined is named until that was read', async () => {
  const { session } = managed()
  const at = instant(Date.now() + 3_600_000)
  session.endings.set([
    { ...whole, endingId: 'e1', side: 'given', at, isOver: false },
    { ...whole, endingId: 'e2', side: 'given', contactName: 'Dr Okonkwo', at, isOver: true, isDeclined: true },
    { ...whole, endingId: 'e3', side: 'given', contactName: 'Cal', at, isOver: true },
  ])
  const { root } = drawPage('/people', session)
  await expect.element(page.getByText(/^Bea Jansen stops managing this record/)).toBeVisible()
  await expect.element(page.getByText(/^Cal does not manage this record any more/)).toBeVisible()
  await expect.element(page.getByText('Dr Okonkwo did not want to manage this record')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Understood' }).first().click()
  await expect.element(page.getByText('Dr Okonkwo did not want to manage this record')).not.toBeInTheDocument()
})

test('who manages a record sees until when, on every page of it, and is told before', async () => {
  await page.viewport(320, 740)
  const { session } = maria()
  const [record] = session.kept.value.records
  const until = instant(Date.now() + 3_600_000)
  session.kept.set({
    records: [{ ...record!, purpose: 'manager', contactName: 'Bea Jansen', until }],
    offers: [],
    past: [],
  })
  session.endings.set([
    { ...whole, endingId: 'e1', side: 'received', keptId: 'k1', recordName: 'Tim', at: until, isOver: false },
    { ...whole, endingId: 'e2', side: 'received', keptId: 'k2', recordName: 'Lena', at: until, isOver: false },
  ])
  const { root } = drawPage('/kept/k1/guardians', session)
  await expect.element(page.getByText(/^You manage it until /)).toBeVisible()
  await expect.element(page.getByText(/^The record of .?Tim.? ends for you/)).toBeVisible()
  await expect.element(page.getByText(/^Then it is deleted here/)).toBeVisible()
  expect(page.getByText(/^The record of .?Lena/).query()).toBeNull()
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test('in a kept record what ends of it is told there, and more time is given there', async () => {
  const { session, room } = full()
  const at = instant(Date.now() + 3_600_000)
  const share = { kind: 'share', shareId: 's1', sections: ['problems'], since: at } as const
  const about = { contactId: 'c1', contactName: 'Dr Lee', recordName: '' } as const
  room.endings.set([
    { ...share, ...about, endingId: 'e1', side: 'given', at, isOver: false },
    { ...share, ...about, endingId: 'e2', side: 'received', recordName: 'Lena', at, isOver: false },
  ])
  session.status.set({ ...session.status.value, problems: [{ kind: 'clock-differs', byMs: 86_400_000 }] })
  for (const place of ['/kept/k1', '/kept/k1/people']) {
    const { root } = drawPage(place, session)
    const drawn = page.elementLocator(root)
    await expect.element(drawn.getByText(/^What Dr Lee sees of this record ends/)).toBeVisible()
    await expect
      .element(drawn.getByRole('link', { name: 'Give more time' }))
      .toHaveAttribute('href', '/kept/k1/people/c1/share/s1')
    expect(drawn.getByText(/The record of .?Lena/).query()).toBeNull()
    const clocks = place.endsWith('people') ? 1 : 0
    await expect.poll(() => drawn.getByText(/The clock of this device is/).elements().length >= clocks).toBe(true)
    root.remove()
  }
})

test('in the list of devices that of who manages the record is said to be none of one’s own', async () => {
  const { session } = managed()
  const [phone] = session.deviceList
  session.deviceList = [phone!, { ...phone!, deviceId: 'm1', name: 'Bea Jansen', isThisOne: false, isManagers: true }]
  const { root } = drawPage('/devices', session)
  await expect.element(page.getByText('No device of yours: Bea Jansen manages your record with it')).toBeVisible()
  expect(page.getByRole('button', { name: /^Rename/ }).elements()).toHaveLength(1)
  await expect.element(page.getByRole('button', { name: 'Remove Bea Jansen' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a guardian who is a contact of the kept record too is said to look after all of it', async () => {
  const { session, room } = full()
  fillPeople(room)
  room.shares.set({ given: [], received: [] })
  drawPage('/kept/k1/people/c2', session)
  const sees = page.getByRole('region', { name: 'What Dr Okonkwo-Featherstonehaugh sees of yours' })
  await expect.element(sees.getByText(/^Guardian · /)).toBeVisible()
  expect(sees.getByText('Nothing.').query()).toBeNull()
  await expect
    .element(sees.getByRole('link', { name: 'Who looked' }))
    .toHaveAttribute('href', '/kept/k1/who-looked?who=contact:c2')
})

test('a record that has left says how much never reached anybody', async () => {
  const { session } = maria()
  const [record] = session.kept.value.records
  session.kept.set({ records: [{ ...record!, state: 'out', unsentCount: 2 }], offers: [], past: [] })
  drawPage('/kept/k1', session)
  await expect.element(page.getByText(/reached nobody: 2 changes/)).toBeVisible()
})

test('what only the server says to be over is said to be its word, can be read, and goes when this person deletes it', async () => {
  const { session } = maria()
  const [record] = session.kept.value.records
  session.kept.set({ records: [{ ...record!, state: 'refused', unsentCount: 1 }], offers: [], past: [] })
  drawPage('/kept/k1/guardians', session)
  await expect.element(page.getByText('The server says that you are out of this record.')).toBeVisible()
  await expect.element(page.getByText(/1 change that you made here has reached nobody/)).toBeVisible()
  expect(page.getByRole('button', { name: 'Let them in' }).elements()).toEqual([])
  await page.getByRole('button', { name: 'Delete this copy' }).click()
  await expect.element(page.getByText(/with everything in it that reached nobody/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete this copy' }).click()
  await expect.poll(() => session.kept.value.records).toEqual([])
})

test.each([
  ['withdrawn', /Bea Jansen took back the offer to look after the record of Tim/],
  ['not-served', /The server does not give the record of Tim/],
] as const)('a record that never came, %s, says why and is taken off the list', async (state, words) => {
  const { session } = maria()
  const [record] = session.kept.value.records
  const never = { ...record!, keptId: 'k9', name: 'Tim', contactName: 'Bea Jansen', state }
  session.kept.set({ records: [never], offers: [], past: [] })
  const { path } = drawPage('/kept/k9', session)
  await expect.element(page.getByText(words)).toBeVisible()
  await page.getByRole('button', { name: 'Take off the list: the record of Tim' }).click()
  await expect.poll(() => path(), LOADED).toBe('/people')
  expect(session.kept.value.records).toEqual([])
})

test('an offer that is declined leaves the focus in sight, where it stood', async () => {
  await page.viewport(360, 740)
  const { session } = full()
  drawPage('/people', session)
  const decline = page
    .getByRole('article')
    .filter({ hasText: 'hands the record of' })
    .getByRole('button', { name: 'Decline' })
  await decline.click()
  await expect.element(decline).not.toBeInTheDocument()
  await expect.poll(() => document.activeElement?.textContent).toBe('Records you keep for others')
  const { top, bottom } = document.activeElement!.getBoundingClientRect()
  expect(top).toBeGreaterThanOrEqual(0)
  expect(bottom).toBeLessThanOrEqual(740)
})

test('what is over is told until it is taken off the list', async () => {
  const { session } = full()
  drawPage('/people', session)
  await expect.element(page.getByText(/Lena: this record was handed over/)).toBeVisible()
  await page.getByRole('button', { name: 'Take off the list: the record of Lena' }).click()
  await expect.element(page.getByText(/Lena: this record was handed over/)).not.toBeInTheDocument()
})

test('a record that never came fits 320 px with larger text, and has no axe findings', async () => {
  await page.viewport(320, 640)
  document.documentElement.dataset.textSize = 'larger'
  const { session } = maria()
  const [record] = session.kept.value.records
  session.kept.set({ records: [{ ...record!, state: 'withdrawn', contactName: 'Bea' }], offers: [], past: [] })
  const { root } = drawPage('/kept/k1', session)
  await expect.element(page.getByRole('button', { name: 'Take off the list: the record of Tim' })).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test.each(['/kept/k1/guardians', '/kept/k1/hand-over', '/people', '/people/c1/manage', '/take-over'])(
  '%s with people in every state fits 320 px with larger text, and has no axe findings',
  async path => {
    await page.viewport(320, 640)
    document.documentElement.dataset.textSize = 'larger'
    const { session } = full()
    const { root } = drawPage(path, session)
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    expect(await axeFindings(root)).toEqual([])
  },
)

test.each(['/keep', '/kept/k1', '/kept/k1/people', '/kept/k1/add'])(
  '%s fits a page of 320 px, with text half as large again, and has no axe findings',
  async path => {
    await page.viewport(320, 640)
    document.documentElement.dataset.textSize = 'larger'
    const { session } = maria()
    const { root } = drawPage(path, session)
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    expect(await axeFindings(root)).toEqual([])
  },
)

/** How much of what has the focus can be seen, of 25 points of it; anything else may lie over the others. */
function pointsSeen(): number {
  const focused = document.activeElement!
  const { left, top, width, height } = focused.getBoundingClientRect()
  const steps = [1, 2, 3, 4, 5].map(step => step / 6)
  const seen = steps.flatMap(x => steps.map(y => document.elementFromPoint(left + width * x, top + height * y)))
  return seen.filter(one => one !== null && (focused.contains(one) || one.contains(focused))).length
}

test('on a phone the bars above cover nothing that the keyboard leads to, on the way back up too', async () => {
  await page.viewport(360, 740)
  const { session } = full()
  drawApp('/kept/k1/hand-over', session)
  await expect.element(page.getByRole('button', { name: 'Plan it' })).toBeVisible()
  await page.getByText('0 sections').first().click()
  page.getByRole('button', { name: 'Plan it' }).element().focus()
  const covered: string[] = []
  for (let tabs = 0; tabs < 40; tabs++) {
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    const focused = document.activeElement as HTMLInputElement
    // A tick is drawn beside the real box.
    if (focused.type !== 'checkbox' && pointsSeen() < 13) covered.push(focused.outerHTML.slice(0, 80))
  }
  expect(covered).toEqual([])
})
