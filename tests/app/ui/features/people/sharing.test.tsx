import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Contact } from '#app/core/people-session.ts'
import type { GivenShare, ReceivedShare, ShareRequest } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { fillPeople } from '#tests/support/preview/stage.ts'

/** Pages are loaded when they are first visited. */
const LOADED = { timeout: 30_000 }
const MET_AT = instant(Date.UTC(2026, 10, 20))
const BEA: Contact = { contactId: 'c1', name: 'Bea', addedAt: MET_AT, state: 'known', comparedAt: MET_AT }
const GIVEN: GivenShare = {
  shareId: 's1',
  contactId: 'c1',
  contactName: 'Bea',
  sections: ['problems', 'medicines'],
  role: 'read',
  withHistory: false,
  begunAnew: [],
  createdAt: MET_AT,
  state: 'accepted',
}
const RECEIVED: ReceivedShare = {
  shareId: 'r1',
  contactId: 'c1',
  contactName: 'Bea',
  recordName: 'Anna Jansen',
  sections: ['problems', 'medicines'],
  role: 'read',
  state: 'accepted',
  isPaused: false,
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (name: string) => page.getByRole('heading', { name, level: 1 })

beforeEach(async () => {
  await page.viewport(360, 740)
})

class AskedSession extends FakeSession {
  readonly asked: unknown[] = []

  constructor(shares: { readonly given?: readonly GivenShare[]; readonly received?: readonly ReceivedShare[] } = {}) {
    super()
    this.people.set({ contacts: [BEA], invitations: [] })
    this.shares.set({ given: [], received: [], ...shares })
  }

  override async share(request: ShareRequest) {
    this.asked.push(request)
    return super.share(request)
  }

  override async changeShare(...change: Parameters<FakeSession['changeShare']>) {
    this.asked.push(change)
    return super.changeShare(...change)
  }
}

test.each(['As it is now', 'With everything from before'])(
  'who had a section with its past is named before it begins anew for somebody else: %s',
  async past => {
    const cal = { ...GIVEN, shareId: 's2', contactId: 'c2', contactName: 'Cal', withHistory: true }
    drawPage('/people/c1/share', new AskedSession({ given: [cal] }))
    await page.getByText(/^Problems \(/).click()
    await button('Next').click()
    await page.getByText(past, { exact: true }).click()
    await button('Next').click()
    await button('Next').click()
    await expect.element(page.getByText(/Bea may keep what they have already seen/)).toBeVisible()
    const isNamed = page.getByText(/Cal can also look at earlier versions in Problems/).elements().length > 0
    expect(isNamed).toBe(past === 'As it is now')
  },
)

test('sections, time, role and preview come before the passphrase; sensitive sections are not chosen with the rest', async () => {
  const session = new AskedSession()
  const { root } = drawPage('/people/c1/share', session)
  await button('Next').click()
  await expect.element(page.getByRole('alert').getByText('Choose at least one section.')).toBeVisible()
  await button(/^Choose the \d+ that are not sensitive$/).click()
  await expect.element(page.getByRole('checkbox', { name: /^Problems/ })).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: /^My story/ })).not.toBeChecked()
  await button('Choose none').click()
  await page.getByText(/^Problems \(/).click()
  expect(await axeFindings(root)).toEqual([])
  await button('Next').click()

  await expect.element(page.getByRole('radio', { name: /^30 days/ })).toBeChecked()
  await expect.element(page.getByRole('radio', { name: 'See', exact: true })).toBeChecked()
  await expect.element(page.getByRole('radio', { name: 'With everything from before' })).not.toBeChecked()
  await page.getByText('Until a date').click()
  await button('Next').click()
  await expect.element(page.getByText('Choose a day that is not over.')).toBeVisible()
  await page.getByText('24 hours').click()
  expect(await axeFindings(root)).toEqual([])
  await button('Next').click()

  await expect.element(heading('This is what Bea will see')).toBeVisible()
  await expect.element(page.getByText('You are looking at the record of Maria Jansen')).toBeVisible()
  await expect.element(page.getByText('Type 2 diabetes')).toBeVisible()
  await expect.element(page.getByText('Penicillin')).not.toBeInTheDocument()
  expect(root.querySelector('a[href^="/entry/"]')).toBeNull()
  expect(await axeFindings(root)).toEqual([])
  await button('Next').click()

  await expect.element(page.getByText(/Bea may keep what they have already seen/)).toBeVisible()
  session.nextShareFailure = { kind: 'wrong-passphrase' }
  await page.getByLabelText('Your passphrase, as a signature', { exact: true }).fill('wrong')
  await button('Share now').click()
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  await page.getByLabelText('Your passphrase, as a signature', { exact: true }).fill('right words')
  expect(await axeFindings(root)).toEqual([])
  const before = Date.now()
  await button('Share now').click()
  await expect.element(heading('It is on its way to Bea')).toBeVisible()
  const request = session.asked.at(-1) as ShareRequest
  expect(request).toMatchObject({
    contactId: 'c1',
    sections: ['problems'],
    role: 'read',
    withHistory: false,
    passphrase: 'right words',
  })
  expect(Math.abs(Number(request.until) - before - 86_400_000)).toBeLessThan(60_000)
})

test('to manage is the third choice: it says what it is, asks for nothing of a share, and leads on with whom was chosen', async () => {
  const session = new AskedSession()
  const { root, path } = drawPage('/people/c1/share', session)
  await page.getByText(/^Problems \(/).click()
  await button('Next').click()
  const roles = page.getByRole('radiogroup', { name: 'What may they do?' })
  expect(roles.getByRole('radio').elements()).toHaveLength(3)
  await roles.getByText('Manage everything').click()
  await expect.element(roles.getByText(/your whole record, not these sections alone/)).toBeVisible()
  expect(page.getByRole('radiogroup').elements()).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
  await roles.getByText('See and add', { exact: true }).click()
  await expect.element(page.getByRole('radiogroup', { name: 'For how long?' })).toBeVisible()
  await roles.getByText('Manage everything').click()
  await button('Next').click()
  await expect.element(heading('Let Bea manage your record')).toBeVisible()
  expect(path()).toBe('/people/c1/manage')
  expect(session.asked).toEqual([])
})

test('with history is a choice that names what is included', async () => {
  const session = new AskedSession()
  session.nextPasts = [{ section: 'problems', versions: 3, deleted: 1, late: 0 }]
  const { root } = drawPage('/people/c1/share', session)
  await page.getByText(/^Problems \(/).click()
  await button('Next').click()
  const named = 'From before there is: Problems (3 earlier versions and one deleted entry).'
  await expect.element(page.getByRole('radiogroup', { name: 'What of the past?' })).toHaveAccessibleDescription(named)
  expect(await axeFindings(root)).toEqual([])
  await page.getByText('With everything from before').click()
  await button('Next').click()
  await button('Next').click()
  await expect.element(page.getByRole('definition').filter({ hasText: named })).toBeVisible()
})

test('who has sections with their history is given more of them with theirs, by name', async () => {
  const session = new AskedSession({ given: [{ ...GIVEN, withHistory: true }] })
  session.nextPasts = [{ section: 'allergies', versions: 0, deleted: 2, late: 1 }]
  drawPage('/people/c1/share/s1', session)
  await page.getByText(/^Allergies \(/).click()
  await expect
    .element(page.getByText('From before there is: Allergies (2 deleted entries and one change that came too late).'))
    .toBeVisible()
})

test('a share says of which sections it has the past, as long as it has', async () => {
  const session = new AskedSession({ given: [{ ...GIVEN, withHistory: true }] })
  drawPage('/people/c1', session)
  await expect.element(page.getByText(/ · with everything from before$/)).toBeVisible()
  const tell = (begunAnew: GivenShare['begunAnew']) =>
    session.shares.set({ given: [{ ...GIVEN, withHistory: true, begunAnew }], received: [] })
  tell(['problems'])
  await expect.element(page.getByText(/ · with everything from before in Medicines$/)).toBeVisible()
  tell(['problems', 'medicines'])
  await expect.element(page.getByText(/ · no longer with what was before$/)).toBeVisible()
})

test('an address in the middle of the wizard begins at its beginning', async () => {
  drawPage('/people/c1/share?step=4', new AskedSession())
  await expect.element(page.getByText('Step 1 of 4')).toBeVisible()
})

test('what is shared is paused, taken up again with the passphrase, and stopped after saying what stays', async () => {
  const session = new AskedSession({ given: [GIVEN] })
  const { root } = drawPage('/people/c1', session)
  await button('Pause').click()
  await expect.element(page.getByText('Paused', { exact: true })).toBeVisible()
  expect(session.asked.at(-1)).toEqual(['s1', { isPaused: true }])
  await button('Go on').click()
  await page.getByRole('dialog').getByLabelText('Your passphrase, as a signature', { exact: true }).fill('words')
  await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => session.asked.at(-1)).toEqual(['s1', { isPaused: false, passphrase: 'words' }])
  await button('Stop').click()
  await expect.element(page.getByRole('dialog').getByText(/cannot be taken back/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Over', { exact: true }).click()
  await expect.element(page.getByText('It was stopped')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('enter pressed twice takes a share up again once', async () => {
  const session = new AskedSession({ given: [{ ...GIVEN, state: 'paused' }] })
  const answered = Promise.withResolvers<void>()
  const change = session.changeShare.bind(session)
  session.changeShare = async (...given) => {
    const done = change(...given)
    await answered.promise
    return done
  }
  drawPage('/people/c1', session)
  await button('Go on').click()
  await page.getByLabelText('Your passphrase, as a signature').fill('words')
  await userEvent.keyboard('{Enter}{Enter}')
  answered.resolve()
  await expect.poll(() => page.getByRole('dialog').elements()).toHaveLength(0)
  expect(session.asked).toEqual([['s1', { isPaused: false, passphrase: 'words' }]])
})

test('less asks for no passphrase, more does; what was not touched is not sent', async () => {
  const session = new AskedSession({ given: [GIVEN] })
  const { root, path } = drawPage('/people/c1/share/s1', session)
  await page.getByText(/^Medicines \(/).click()
  await expect.element(page.getByLabelText('Your passphrase, as a signature', { exact: true })).not.toBeInTheDocument()
  await page.getByText(/^Allergies \(/).click()
  await expect.element(page.getByText('They will see more, or for longer.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page
    .getByText(/^Allergies \(/)
    .first()
    .click()
  await button('Save').click()
  await expect.poll(path, LOADED).toBe('/people/c1')
  expect(session.asked.at(-1)).toEqual(['s1', { sections: ['problems'] }])
})

test('an offer says what, how long and what is told, and leads to the record once accepted', async () => {
  const session = new AskedSession({ received: [{ ...RECEIVED, state: 'offered' }] })
  const { root, path } = drawPage('/people', session)
  await expect.element(page.getByRole('heading', { name: 'Bea wants to share with you' })).toBeVisible()
  await expect.element(page.getByText(/Bea is told whether you accept/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button('Accept').click()
  await expect.poll(path, LOADED).toBe('/shared/r1')
  await expect.element(heading('The record of Anna Jansen')).toBeVisible()
})

test('the preview shows each section by itself, so that hundreds of readings hide no diagnosis, and says how one entry stays out', async () => {
  const session = new AskedSession()
  const seen = session.entries.find(one => one.summary.section === 'vitals')!
  const readings = Array.from({ length: 200 }, (_, index) => {
    const id = `${seen.summary.id}x${index}` as typeof seen.summary.id
    return { ...seen, summary: { ...seen.summary, id } }
  })
  session.entries.push(...readings)
  drawPage('/people/c1/share', session)
  await page.getByText(/^Measurements \(/).click()
  await page.getByText(/^Problems \(/).click()
  await button('Next').click()
  await button('Next').click()
  await expect.element(page.getByText(/make that one entry private on its page/)).toBeVisible()
  const problems = page.getByRole('region', { name: /^Problems \(\d+\)$/ })
  await expect.element(problems.getByText('Type 2 diabetes')).toBeVisible()
  expect(problems.getByRole('button', { name: /^Show/ }).elements()).toHaveLength(0)
  const measured = page.getByRole('region', { name: /^Measurements \(\d+\)$/ })
  await expect.poll(() => measured.getByRole('listitem').elements().length).toBe(30)
  await measured.getByRole('button', { name: 'Show 100 more' }).click()
  await expect.poll(() => measured.getByRole('listitem').elements().length).toBe(130)
})

/** A note of several lines, a document with a file that belongs to a medicine too, and something private. */
async function withPapers(): Promise<AskedSession> {
  const session = new AskedSession({ given: [GIVEN] })
  const text = 'First line\nThe last line of the note'
  await session.addEntry({ kind: 'note', title: 'A night', text, writtenAt: '2026-05-01T08:10:00Z' })
  const [problem, medicine] = (['problems', 'medicines'] as const).map(
    section => session.entries.find(one => one.summary.section === section)!.summary,
  )
  const paper = session.entries.find(one => one.summary.section === 'problems' && one.summary.id !== problem!.id)!
  const file = { index: 0, type: 'application/pdf', title: 'letter.pdf', bytes: 300 } as const
  const letter = {
    ...paper,
    summary: { ...paper.summary, title: 'Letter' },
    original: '{"resourceType":"DocumentReference","description":"Kept as it came"}',
    attachments: [file],
    about: [problem!, medicine!],
    addedBy: { type: 'you', device: 'Maria’s phone' },
  } as const
  session.entries = session.entries.map(one => (one === paper ? letter : one))
  return session
}

test('every row of the preview opens the page that the recipient will have, to be read alone, and leads back', async () => {
  const session = await withPapers()
  const { root, path } = drawPage('/people/c1/share', session)
  await page.getByText(/^Problems \(/).click()
  await page
    .getByText(/^My notes \(|^My story \(/)
    .first()
    .click()
  await button('Next').click()
  await button('Next').click()
  await page.getByRole('link', { name: /^Letter/ }).click()
  await expect.element(heading('Letter')).toBeVisible()
  expect(path()).toMatch(/^\/people\/c1\/share\/entry\//)
  await expect.element(page.getByText('This is what Bea will see')).toBeVisible()
  await expect.element(page.getByText('You are looking at the record of Maria Jansen')).toBeVisible()
  // What it belongs to, as far as that is given.
  expect(page.getByRole('list', { name: 'This belongs to' }).getByRole('link').elements()).toHaveLength(1)
  await expect.element(page.getByText(/, by ⁨Maria Jansen⁩$/).first()).toBeVisible()
  await page.getByText('Show every detail').click()
  await expect.element(page.getByText('Kept as it came')).toBeVisible()
  await expect.element(page.getByText('letter.pdf')).toBeVisible()
  expect(page.getByRole('button', { name: /bin|private|Save|Download|Take out/ }).elements()).toHaveLength(0)
  expect(page.getByRole('link', { name: /Edit|Correct|Add/ }).elements()).toHaveLength(0)
  expect(root.scrollWidth).toBeLessThanOrEqual(360)
  expect(await axeFindings(root)).toEqual([])

  await page.getByRole('link', { name: 'Back' }).click()
  await expect.element(heading('This is what Bea will see')).toBeVisible()
  expect(path()).toBe('/people/c1/share?step=3')
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^Letter/)
  await page.getByRole('link', { name: /^A night/ }).click()
  await expect.element(page.getByText(/The last line of the note/).first()).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()
  await button('Next').click()
  await expect.element(button('Share now')).toBeVisible()
})

test('an entry that is not among what is chosen has no page in the preview, nor has one after a reload', async () => {
  const session = await withPapers()
  const medicine = session.entries.find(one => one.summary.section === 'medicines')!.summary.id
  drawPage(`/people/c1/share/entry/${medicine}`, session)
  await expect.element(page.getByText('Step 1 of 4')).toBeVisible()
})

test('sections that are added to a share are looked at before they are signed, by whom was not compared with', async () => {
  const session = await withPapers()
  const { comparedAt: _, ...stranger } = BEA
  session.people.set({ contacts: [stranger], invitations: [] })
  const { root, path } = drawPage('/people/c1/share/s1', session)
  await expect.element(page.getByText(/^Problems \(/)).toBeVisible()
  expect(page.getByText(/You have not compared the number with Bea yet/).elements()).toHaveLength(0)
  await page.getByText(/^Allergies \(/).click()
  await expect.element(page.getByText('This is what Bea will see')).toBeVisible()
  await expect.element(page.getByText(/You have not compared the number with Bea yet/)).toBeVisible()
  // Only what comes in addition.
  expect(root.querySelectorAll('section[aria-label]')).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Your passphrase, as a signature', { exact: true }).fill('half of it')
  await page.getByRole('link', { name: /^Penicillin/ }).click()
  await expect.element(heading('Penicillin')).toBeVisible()
  expect(path()).toMatch(/^\/people\/c1\/share\/s1\/entry\//)
  await page.getByRole('link', { name: 'Back' }).click()
  await expect
    .element(page.getByLabelText('Your passphrase, as a signature', { exact: true }))
    .toHaveValue('half of it')
  await button('Save').click()
  await expect
    .poll(() => session.asked.at(-1))
    .toMatchObject(['s1', { sections: ['problems', 'allergies', 'medicines'] }])
})

test('an offer stands before all else on a contact’s page, and keeps its tick when a letter comes', async () => {
  const session = new AskedSession({ received: [{ ...RECEIVED, state: 'offered' }] })
  const { root } = drawPage('/people/c1', session)
  const tick = page.getByRole('checkbox', { name: /^I look after patients/ })
  await page.getByText(/^I look after patients/).click()
  await expect.element(tick).toBeChecked()
  session.shares.set({ given: [], received: [{ ...RECEIVED, state: 'offered' }] })
  await expect.element(tick).toBeChecked()
  const titles = [...root.querySelectorAll('h2')].map(one => one.textContent)
  expect(titles.slice(0, 2)).toEqual(['What you see of Bea’s', 'What Bea sees of yours'])
})

test('a letter that comes while the passphrase is typed to go on with a share takes nothing away', async () => {
  const paused: GivenShare = { ...GIVEN, state: 'paused' }
  const session = new AskedSession({ given: [paused] })
  drawPage('/people/c1', session)
  await button('Go on').click()
  const field = page.getByRole('dialog').getByLabelText('Your passphrase, as a signature', { exact: true })
  await field.fill('half of it')
  session.shares.set({ given: [{ ...paused, lastOpenedAt: MET_AT }], received: [] })
  await expect.element(page.getByText(/^Last looked at/)).toBeInTheDocument()
  await expect.element(field).toHaveValue('half of it')
})

test('a share that is paused says so to who has it, in the list and in the record', async () => {
  const words = 'Bea has paused this. Nothing new comes, and what you add waits on this device, until they go on.'
  const session = new AskedSession({ received: [{ ...RECEIVED, isPaused: true }] })
  const { root } = drawPage('/people', session)
  await expect.element(page.getByText(words)).toBeVisible()
  await page.getByRole('link', { name: 'Open' }).click()
  await expect.element(heading('The record of Anna Jansen')).toBeVisible()
  await expect.element(page.getByText(words)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.shares.set({ given: [], received: [RECEIVED] })
  await expect.element(page.getByText(words)).not.toBeInTheDocument()
})

test('on a phone what stays at the head of a shared record takes little of the screen, and what is shared begins above the middle', async () => {
  const received = {
    ...RECEIVED,
    role: 'write',
    contactName: 'Anna Jansen',
    until: instant(Date.UTC(2026, 11, 26)),
  } as const
  const { root } = drawPage('/shared/r1', new AskedSession({ received: [received] }))
  await expect.element(page.getByText(/^Shared until Dec 2[56], 2026/)).toBeVisible()
  const banner = page.getByText('You are looking at the record of Anna Jansen').element().closest('div')
  expect(banner?.getBoundingClientRect().height).toBeLessThanOrEqual(72)
  expect(root.querySelector('h1')?.getBoundingClientRect().top).toBeLessThan(740 / 3)
  const links = [...root.querySelectorAll('nav[aria-label="This record"] a')]
    .map(one => one.getBoundingClientRect())
    .filter(({ height }) => height > 0)
  expect(links.length).toBeGreaterThan(1)
  expect(new Set(links.map(({ top }) => top)).size).toBeLessThanOrEqual(2)
  expect(Math.min(...links.map(({ height }) => height))).toBeGreaterThanOrEqual(44)
})

test('somebody else’s record says whose it is on every page, hides what is not shared, and has no edit controls', async () => {
  await page.viewport(1024, 740)
  const session = new AskedSession({ received: [RECEIVED] })
  const { root, path } = drawPage('/shared/r1', session)
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  await expect.element(page.getByText(/You see only what is shared with you: Problems and Medicines/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Back to my record' })).toBeVisible()
  expect(page.getByRole('heading', { name: 'Allergies' }).elements()).toHaveLength(0)
  expect(root.querySelector('a[href*="/add"]')).toBeNull()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Timeline' }).click()
  await expect.poll(path, LOADED).toBe('/shared/r1/timeline')
  await page
    .getByRole('link', { name: /^Blood pressure/ })
    .first()
    .click()
  await expect.poll(path, LOADED).toMatch(/^\/shared\/r1\/entry\//)
  await expect.element(page.getByText('Where this came from')).toBeVisible()
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  expect(page.getByRole('button', { name: 'Move to bin' }).elements()).toHaveLength(0)
  expect(await axeFindings(root)).toEqual([])
})

test('who may add finds the forms of the shared sections only, and the entry goes into that record', async () => {
  const session = new AskedSession({ received: [{ ...RECEIVED, role: 'write' }] })
  const asked: unknown[] = []
  const ask = session.askShared
  session.askShared = (id, method, args) => {
    asked.push([id, method])
    return ask(id, method, args)
  }
  const { path } = drawPage('/shared/r1/add', session)
  await expect.element(page.getByRole('link', { name: /^Medicine(?!s)/ })).toBeVisible()
  expect(page.getByRole('link', { name: /^Allergy/ }).elements()).toHaveLength(0)
  await page.getByRole('link', { name: /^Condition/ }).click()
  await page.getByLabelText('What is it called?').fill('Asthma')
  await button('Save').click()
  await expect.poll(path, LOADED).toMatch(/^\/shared\/r1\/entry\//)
  expect(asked).toContainEqual(['r1', 'addEntries'])
})

test('a form of a record that is only to be seen says so', async () => {
  drawPage('/shared/r1/add/condition', new AskedSession({ received: [RECEIVED] }))
  await expect.element(page.getByText('This record is shared with you to look at.')).toBeVisible()
})

test('a record that ends under one’s eyes says why, and that it is gone from here', async () => {
  const session = new AskedSession({ received: [RECEIVED] })
  drawPage('/shared/r1', session)
  await expect.element(heading('The record of Anna Jansen')).toBeVisible()
  session.shares.set({ given: [], received: [{ ...RECEIVED, state: 'ended', endedBy: 'stopped' }] })
  await expect.element(heading('This record is not shared with you any more')).toBeVisible()
  await expect.element(page.getByText('Bea has stopped sharing it.')).toBeVisible()
  await expect.element(page.getByText('Anna Jansen')).not.toBeInTheDocument()
})

test('what somebody shared and is over can be taken off the list on their page', async () => {
  const session = new AskedSession({ received: [{ ...RECEIVED, state: 'ended', endedBy: 'stopped' }] })
  drawPage('/people/c1', session)
  await page.getByText('Over', { exact: true }).click()
  await expect.element(page.getByText(/is all that stays here/)).toBeVisible()
  await button('Take off the list: the record of Anna Jansen').click()
  await expect.element(page.getByText('Bea has stopped sharing it.')).not.toBeInTheDocument()
})

test('what is over by this device’s clock alone is not said to be over: it stands in the list, and says what to look at', async () => {
  const unsure = { ...RECEIVED, state: 'ended', endedBy: 'expired', isUnsure: true } as const
  const words = /^By this device’s clock it is over\. Check the date of this device; it comes back/
  const session = new AskedSession({ received: [unsure] })
  const { root } = drawPage('/people', session)
  const mine = page.getByRole('region', { name: 'Shared with you' })
  await expect.element(mine.getByText(words)).toBeVisible()
  expect(mine.getByRole('link', { name: 'Open' }).elements()).toHaveLength(0)
  expect(await axeFindings(root)).toEqual([])
  drawPage('/shared/r1', session)
  await expect.element(heading('The record of Anna Jansen')).toBeVisible()
  expect(page.getByText(/was deleted from this device/).elements()).toHaveLength(0)
  session.shares.set({ given: [], received: [RECEIVED] })
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
})

test('with a wrong clock the page of what somebody shares says that it ends by the server’s, below its own time', async () => {
  await page.viewport(320, 740)
  const session = new AskedSession({ received: [RECEIVED] })
  const { root } = drawPage('/shared/r1', session)
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  expect(page.getByText(/^The clock of this device/).query()).toBeNull()
  const byMs = -2 * 3_600_000
  session.status.set({ ...session.status.value, problems: [{ kind: 'clock-differs', byMs }] })
  await expect.element(page.getByText('The clock of this device is 2 hours behind')).toBeVisible()
  await expect.element(page.getByText(/^Shares end by the server’s clock all the same/)).toBeVisible()
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test('whoever wrote what could not be sent before the end is told what became of it, as far as their device knows', async () => {
  const ended = { ...RECEIVED, state: 'ended', endedBy: 'stopped' } as const
  const session = new AskedSession({ received: [{ ...ended, lateWriting: 'waiting' }] })
  drawPage('/shared/r1', session)
  await expect.element(page.getByText(/kept on this device, sealed, and goes to Bea as soon as/)).toBeVisible()
  session.shares.set({ given: [], received: [{ ...ended, lateWriting: 'sent', hasLost: true }] })
  await expect.element(page.getByText(/has been sent to Bea, sealed\. .* only if Bea takes it in/)).toBeVisible()
  await expect.element(page.getByText(/could not be sent after the end, and is gone/)).toBeVisible()
  session.shares.set({ given: [], received: [ended] })
  await expect.element(page.getByText(/sealed/)).not.toBeInTheDocument()
})

const PAGES = [
  ['/people', 'Family & sharing'],
  ['/people/c1', 'Bea Jansen'],
  ['/people/c2/share', 'Share with Dr Okonkwo-Featherstonehaugh'],
  ['/people/c3', 'Mum'],
  ['/people/c5', 'Uncle Jo'],
  ['/people/c1/share/s1', 'Change what Bea Jansen sees'],
  ['/people/invitation/i1', 'Your invitation'],
  ['/shared/r1', 'The record of Anna Jansen'],
] as const

test.each(PAGES)(
  '%s fits a page of 320 px, with text half as large again, and has no axe findings',
  async (path, title) => {
    await page.viewport(320, 640)
    document.documentElement.style.fontSize = '150%'
    onTestFinished(() => {
      document.documentElement.style.removeProperty('font-size')
    })
    const session = new FakeSession()
    fillPeople(session)
    const { root } = drawPage(path, session)
    await expect.element(heading(title)).toBeVisible()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    expect(await axeFindings(root)).toEqual([])
  },
)

const MAY_ONLY_SEE = ['/shared/r1', '/shared/r1/timeline', '/shared/r1/add', '/shared/r1/add/condition'] as const
const CHANGING =
  /^(Add|Edit|Correct this|Move to bin|Restore|Undo|Save(?! a copy)|Bring in|This is right|Decide|Import)/

test.each([...MAY_ONLY_SEE, 'entry', 'edit'])('who may only see finds nothing to change at %s', async place => {
  const session = new AskedSession({ received: [RECEIVED] })
  const entry = session.entries.find(one => one.summary.source.type === 'self')!
  const at = `/shared/r1/entry/${entry.summary.id}`
  const { root } = drawPage(place === 'entry' ? at : place === 'edit' ? `${at}/edit` : place, session)
  await expect.poll(() => root.querySelectorAll('h1').length, { timeout: 10_000 }).toBeGreaterThan(0)
  const controls = [...root.querySelectorAll('button, a, input, select, textarea')]
  const names = controls.map(one => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim())
  expect(names.filter(name => CHANGING.test(name))).toEqual([])
  const links = [...root.querySelectorAll('a')].map(link => link.getAttribute('href') ?? '')
  expect(links.filter(href => /\/(add|edit|import|bin)(\/|$)/.test(href))).toEqual([])
})
