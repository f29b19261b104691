import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeakSearch } from './leak-search.ts'
import { accept, compare, entry, meet, openContact, share, sign, SLOW, toPeople, turnTo } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const PHONE = { viewport: { width: 360, height: 740 } }
const TIM = { name: 'Tim Example' }

let relay: RelayProcess
/** Keeps a record for Tim, and lets somebody manage her own. */
let ana: Person
/** Looks after both. */
let bea: Person
/** Is shown parts of them. */
let cleo: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
  cleo = await Person.arrive(relay.origin, PHONE)
  await cleo.settleIn('Cleo Nurse')
  for (const person of [ana, bea, cleo]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [ana, bea, cleo]) await person?.leave()
  await relay.destroy()
})

async function switchTo(person: Person, choice: string | RegExp): Promise<void> {
  await person.page.getByRole('button', { name: /^Record of / }).click()
  await person.page.getByRole('menuitem', { name: choice }).click()
}

/** What the quick switch offers, by name, without the last line, which makes another record. */
async function choices({ page }: Person): Promise<string[]> {
  await page.getByRole('button', { name: /^Record of / }).click()
  const names = await page.getByRole('menuitem').locator('bdi').allInnerTexts()
  await page.getByRole('menu').and(page.locator(':focus-within')).waitFor()
  await page.keyboard.press('Escape')
  return names
}

/** Adds something to the record that is on screen. */
async function addHere(person: Person, kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await person.go('Add')
  await person.page.locator(`main a[href$="/add/${kind}"]`).click()
  await person.fill(fields)
  await person.save()
}

/** Cleo meets whom the record on Bea's screen is about, by a link that Bea made in it. */
async function meetCleoFor(record: { readonly name: string }): Promise<void> {
  await toPeople(bea)
  await bea.button('Invite someone').click()
  const link = await bea.page.getByLabel('Link').inputValue()
  await cleo.page.goto('about:blank')
  await cleo.page.goto(link)
  await cleo.unlock()
  await cleo.heading(`${record.name} invites you`).waitFor(SLOW)
  await cleo.button('Yes, connect').click()
  await bea.heading(cleo.name).waitFor(SLOW)
  await cleo.page.getByText(`Waiting for ${record.name}`).waitFor({ ...SLOW, state: 'detached' })
}

/** In the record on `person`'s screen: stops what Cleo sees of it. */
async function stopForCleo(person: Person): Promise<void> {
  await openContact(person, cleo.name)
  await person.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await person.button('Stop').click()
  await person.button('Stop', person.page.getByRole('dialog')).click()
  await person.page.getByText('Stopped.').waitFor(SLOW)
}

async function seesThatItStopped(by: { readonly name: string }, words: string): Promise<void> {
  await cleo.heading('This record is not shared with you any more').waitFor(SLOW)
  await cleo.page.getByText(`${by.name} has stopped sharing it.`).waitFor()
  expect(await cleo.page.getByText(words).count()).toBe(0)
}

test('Ana keeps a record for Tim and lets Bea look after it too: both have it in the quick switch and among today’s', async () => {
  await meet(ana, bea)
  await compare(ana, bea)
  await switchTo(ana, 'Keep a record for someone else')
  await ana.page.getByLabel('Their name').fill(TIM.name)
  await ana.page.getByLabel('Date of birth').fill('2014-05-06')
  await ana.button('Make the record').click()
  await ana.page.getByText(`You are looking at the record of ${TIM.name}`).waitFor(SLOW)
  await ana.button('Do this later').click()
  await addHere(ana, 'condition', { 'What is it called?': 'Measles' })
  await ana.page.getByRole('link', { name: 'Guardians' }).click()
  await sign(ana)
  await ana.button('Let them in').click()
  await ana.page.getByText(/Bea Sample gets an offer/).waitFor(SLOW)
  await toPeople(bea)
  await bea.heading(`Ana Example wants you to look after the record of ${TIM.name}`).waitFor(SLOW)
  await bea.button('Accept').click()
  await entry(bea, 'Measles').waitFor(SLOW)
  await addHere(bea, 'allergy', { 'What do you react to?': 'Peanut' })
  await turnTo(ana, 'Timeline')
  await entry(ana, 'Peanut.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  for (const person of [ana, bea]) {
    expect(await choices(person)).toEqual([person.name, TIM.name])
    await switchTo(person, person.name)
    await person.heading('Today, in the other records').waitFor(SLOW)
    await person.page.getByRole('link', { name: `Open the record of ${TIM.name}` }).waitFor(SLOW)
    await switchTo(person, TIM.name)
    await person.page.getByText(`You are looking at the record of ${TIM.name}`).waitFor(SLOW)
  }
})

test('Bea shows Tim’s allergies to Cleo, Ana sees that and who they are, and what Bea stops is gone for Cleo and over for Ana', async () => {
  await meetCleoFor(TIM)
  const terms = { sections: ['Allergies'], until: '24 hours', role: 'See', recordOf: TIM.name } as const
  expect(await share(bea, cleo, terms)).toEqual(['Peanut'])
  await toPeople(cleo)
  await accept(cleo, TIM)
  await entry(cleo, 'Peanut').waitFor(SLOW)
  expect(await cleo.page.getByText('Measles').count()).toBe(0)

  await openContact(ana, cleo.name)
  await ana.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await ana.page.getByRole('heading', { name: 'Allergies' }).waitFor()
  await stopForCleo(bea)
  await seesThatItStopped(TIM, 'Peanut')
  await ana.page.getByText('Accepted', { exact: true }).waitFor({ ...SLOW, state: 'detached' })
  await ana.page.locator('summary').filter({ hasText: 'Over' }).click(SLOW)
  await ana.page.getByText('It was stopped').waitFor(SLOW)
})

test('Ana removes Bea, whose app says so in plain words, forgets it in the quick switch, and holds nothing more of it', async () => {
  const keptId = /\/kept\/([^/?]+)/.exec(bea.page.url())![1]!
  const ofKept = new LeakSearch([{ name: 'kept', bytes: Buffer.from(`kept/${keptId}`) }])
  expect(ofKept.inBytes('storage', await scriptStorage(bea.page))).not.toEqual([])
  await ana.page.getByRole('link', { name: 'Guardians' }).click()
  await ana.button('Remove Bea Sample from this record').click(SLOW)
  await ana.button('Remove', ana.page.getByRole('dialog')).click()
  await bea.page.getByText(`${TIM.name}: you were removed from this record, and it was deleted here.`).waitFor(SLOW)
  for (const words of ['Peanut', 'Measles']) expect(await bea.page.getByText(words).count()).toBe(0)
  expect(await choices(bea)).toEqual([bea.name])
  await expect
    .poll(async () => ofKept.inBytes('storage', await scriptStorage(bea.page)), { timeout: 60_000 })
    .toEqual([])
  await turnTo(ana, 'Timeline')
  for (const words of ['Peanut', 'Measles']) await entry(ana, words).waitFor(SLOW)
  await switchTo(ana, ana.name)
})

test('Ana lets Bea manage her own record, the third thing that somebody may do: Bea has all of it, and nothing to press that is not hers', async () => {
  await openContact(ana, bea.name)
  await ana.page.getByRole('link', { name: 'Share something' }).click(SLOW)
  await ana.page.getByText(/^Problems \(/).click()
  await ana.button('Next').click()
  await ana.page.getByText('Manage everything', { exact: true }).click()
  await ana.button('Next').click()
  await ana.heading(`Let ${bea.name} manage your record`).waitFor()
  await sign(ana)
  await ana.button('Let them manage').click()
  await ana.page.getByText(`${bea.name} gets an offer`, { exact: false }).waitFor(SLOW)
  await toPeople(bea)
  await bea.heading('Ana Example wants you to manage their record').waitFor(SLOW)
  await bea.button('Accept').click()
  await entry(bea, 'Asthma').waitFor(SLOW)
  await bea.page.getByText('You manage it until they stop it').waitFor()
  expect(await choices(bea)).toEqual([bea.name, ana.name])
  expect(await bea.page.locator('main a[href$="/kit"]').count()).toBe(0)
  await bea.page.getByRole('link', { name: 'Guardians' }).click()
  await bea.heading('Who looks after this record').waitFor()
  await bea.page.getByText('Ana Example can take this back at any time.', { exact: false }).waitFor()
  expect(await bea.heading('Hand over').count()).toBe(0)
  expect(await bea.page.locator('main a[href$="/hand-over"]').count()).toBe(0)
})

test('Bea, who manages it, shares Ana’s problems on to Cleo, gives more time and stops it; whom she lets see cannot be made a manager there', async () => {
  await meetCleoFor(ana)
  await openContact(bea, cleo.name)
  await bea.page.getByRole('link', { name: 'Share something' }).click(SLOW)
  await bea.page.getByText(/^Problems \(/).click()
  expect(await bea.page.getByRole('link', { name: 'Let them manage everything' }).count()).toBe(0)
  await bea.button('Next').click()
  const roles = bea.page.getByRole('radiogroup', { name: 'What may they do?' }).getByRole('radio')
  await expect.poll(() => roles.count()).toBe(2)
  const terms = { sections: ['Problems'], until: '24 hours', role: 'See', recordOf: ana.name } as const
  expect(await share(bea, cleo, terms)).toEqual(['Asthma'])
  await toPeople(cleo)
  await accept(cleo, ana)
  await entry(cleo, 'Asthma').waitFor(SLOW)
  const banner = cleo.page.getByText(/^Shared until /).first()
  const before = await banner.innerText()

  await openContact(bea, cleo.name)
  await bea.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await bea.page.getByRole('link', { name: 'Change', exact: true }).click()
  await bea.page.getByText('30 days', { exact: true }).click()
  await bea.page.getByText('They will see more, or for longer.').waitFor()
  await sign(bea)
  await bea.button('Save').click()
  await bea.page.getByText('Changed.').waitFor(SLOW)
  await expect.poll(() => banner.innerText(), SLOW).not.toBe(before)
  await stopForCleo(bea)
  await seesThatItStopped(ana, 'Asthma')
  await openContact(ana, cleo.name)
  await ana.page.locator('summary').filter({ hasText: 'Over' }).click(SLOW)
  await ana.page.getByText('It was stopped').waitFor(SLOW)
})

test('Ana takes it back: Bea’s app says that she was removed, and nothing of it is left to be seen', async () => {
  await openContact(ana, bea.name)
  await ana.page.getByText('Manages your whole record, until you stop it', { exact: false }).waitFor(SLOW)
  await ana.button('Remove Bea Sample from this record').click()
  await ana.button('Remove', ana.page.getByRole('dialog')).click()
  await bea.page.getByText('Ana Example: you were removed from this record, and it was deleted here.').waitFor(SLOW)
  expect(await bea.page.getByText('Asthma').count()).toBe(0)
  expect(await choices(bea)).toEqual([bea.name])
})

test('nothing went wrong unseen', () => {
  for (const person of [ana, bea, cleo]) expect(person.troubles.unexpected).toEqual([])
})
