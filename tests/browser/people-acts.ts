import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import { PASSPHRASE, type Person } from './person.ts'

/** As long as something may take to get to somebody else's screen on a busy machine. */
export const SLOW = { timeout: 90_000 }

/** An entry's row, wherever it is listed. */
export const entry = (person: Person, words: string) =>
  person.page.getByRole('link', { name: new RegExp(words) }).first()

/** Makes an invitation; answers its link and its eight words. */
export async function invite(host: Person): Promise<{ readonly link: string; readonly words: string }> {
  await toPeople(host)
  await host.button('Invite someone').click()
  const link = await host.page.getByLabel('Link').inputValue()
  const words = await host.page.locator('main ol[lang=en] li').allInnerTexts()
  return { link, words: words.join(' ') }
}

/** On what `guest` has read of the invitation: says yes, and waits until each has the other's page on screen. */
export async function connect(host: Person, guest: Person): Promise<void> {
  await guest.heading(`${host.name} invites you`).waitFor(SLOW)
  await guest.button('Yes, connect').click()
  await host.heading(guest.name).waitFor(SLOW)
  await guest.heading(host.name).waitFor(SLOW)
  await guest.page.getByText(`Waiting for ${host.name}`).waitFor({ ...SLOW, state: 'detached' })
}

/** They meet by a link that is opened as from a message. */
export async function meet(host: Person, guest: Person): Promise<void> {
  const { link } = await invite(host)
  await guest.page.goto('about:blank')
  await guest.page.goto(link)
  await guest.unlock()
  await connect(host, guest)
}

/** On each other's pages: both see one number of sixty digits and say so. */
export async function compare(one: Person, other: Person): Promise<void> {
  const numbers: string[] = []
  for (const person of [one, other]) {
    const digits = await person.page.getByRole('list', { name: '60 digits' }).innerText()
    numbers.push(digits.replace(/\s/g, ''))
  }
  expect(numbers[0]).toMatch(/^\d{60}$/)
  expect(numbers[1]).toBe(numbers[0])
  for (const person of [one, other]) {
    await person.button('They are the same').click()
    await person.page.getByText(/^You compared the number on/).waitFor(SLOW)
  }
}

/** The page of one's people; on a phone, whose bar has room for five, by "More". */
export async function toPeople({ page }: Person): Promise<void> {
  const main = page.getByRole('navigation', { name: 'Main' })
  const link = main.getByRole('link', { name: /^(Family|People)/ })
  const more = main.getByRole('link', { name: /^More/ })
  await link.or(more).first().waitFor()
  if (await link.isVisible()) return link.click()
  await more.click()
  await page
    .getByRole('navigation', { name: 'More' })
    .getByRole('link', { name: /^(Family|People)/ })
    .click()
}

/** The page about somebody whom `person` knows. */
export async function openContact(person: Person, name: string): Promise<void> {
  await toPeople(person)
  await person.page.getByRole('region', { name: 'People you know here' }).getByRole('link', { name }).click(SLOW)
  await person.heading(name).waitFor()
}

/** Types the passphrase where an act asks for it. */
export const sign = (person: Person, within: Locator | Page = person.page) =>
  within.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)

interface Terms {
  /** By the names that the screen shows. */
  readonly sections: readonly string[]
  readonly until: string
  readonly role: 'See' | 'See and add'
  /** Whose record is on the giver's screen, where it is not their own. */
  readonly recordOf?: string
  /** Goes along with its past, of which the screen says this. */
  readonly past?: string
}

/** The four steps from `giver`'s page about `recipient` to "Share now"; answers the titles of the preview's rows. */
export async function share(
  giver: Person,
  recipient: Person,
  { sections, until, role, recordOf = giver.name, past }: Terms,
): Promise<string[]> {
  const { page } = giver
  await openContact(giver, recipient.name)
  await page.getByRole('link', { name: /^Share (something|more)$/ }).click(SLOW)
  for (const section of sections) await page.getByText(new RegExp(`^${section} \\(`)).click()
  await giver.button('Next').click()
  await page.getByText(until, { exact: true }).click()
  await page.getByText(role, { exact: true }).click()
  if (past !== undefined) {
    await page.getByText('With everything from before', { exact: true }).click()
    await page.getByText(past, { exact: true }).waitFor(SLOW)
  }
  await giver.button('Next').click()
  await giver.heading(`This is what ${recipient.name} will see`).waitFor()
  await page.getByText(`You are looking at the record of ${recordOf}`).last().waitFor()
  const rows = page.getByRole('main').getByRole('list').getByRole('listitem')
  await rows.first().waitFor()
  const titles = await rows.locator('[dir=auto]').allInnerTexts()
  await giver.button('Next').click()
  await page.getByText(past ?? 'As it is now', { exact: true }).waitFor(SLOW)
  await sign(giver)
  await giver.button('Share now').click()
  await giver.heading(`It is on its way to ${recipient.name}`).waitFor(SLOW)
  return titles
}

/** Says yes to what is offered; ends in the record of `giver`. */
export async function accept(recipient: Person, giver: Pick<Person, 'name'>): Promise<void> {
  await recipient.heading(`${giver.name} wants to share with you`).waitFor(SLOW)
  await recipient.button('Accept').click()
  await recipient.page.getByText(`You are looking at the record of ${giver.name}`).waitFor(SLOW)
}

/** A page of the shared or kept record on screen: by the main places where those have it. */
export const turnTo = (person: Person, place: string) =>
  place === 'Home' || place === 'Timeline' || place === 'Add'
    ? person.go(place)
    : person.page
        .getByRole('navigation', { name: 'This record' })
        .getByRole('link', { name: place, exact: true })
        .click()
