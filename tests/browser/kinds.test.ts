import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look, sidewaysFinds } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const PHONE = { width: 360, height: 740 }

/** One of each group of kinds: what is typed into which field, and under which words it is found. */
const ADDED = [
  {
    kind: 'immunization',
    typed: { '^Which vaccine': 'MMR', '^Year': '2021', '^Lot number': 'AB-12' },
    edited: { '^By whom': 'Dr Lee' },
    found: 'MMR',
  },
  {
    kind: 'lab-result',
    typed: { '^Which test': 'Ferritin', '^Result': '<12', '^Unit': 'ug/L', '^Normal from': '15', '^Year': '2026' },
    edited: { '^Laboratory': 'City lab' },
    found: 'Ferritin',
  },
  {
    kind: 'family-member',
    typed: { '^Which relative': 'Grandmother', '^What they have or had': 'Stroke', '^Age when it began': '70' },
    edited: { '^Note': 'in spring' },
    found: 'Grandmother',
  },
  {
    kind: 'care-team-member',
    typed: { '^Name': 'Grace Sample', '^What they do': 'Nurse', '^Phone': '+1 555 0100' },
    edited: { '^Practice, hospital': 'Harbour practice' },
    found: 'Grace Sample',
  },
] as const

test('on a phone, by keyboard alone: one of each group of kinds is added, edited and found', async () => {
  const robin = await Person.arrive(relay.origin, { viewport: PHONE })
  await robin.settleIn('Robin Sample', '1958-04-12')
  const { page } = robin
  const finds: string[] = []
  const type = async (fields: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(fields)) {
      await tabTo(robin, new RegExp(label))
      await page.keyboard.type(text)
    }
    await pressOn(robin, /^Save$/)
    await page.getByText('Where this came from').waitFor()
  }
  for (const { kind, typed, edited, found } of ADDED) {
    await robin.go('Add')
    const tile = page.locator(`main a[href="/add/${kind}"]`)
    await tile.waitFor()
    await pressOn(robin, new RegExp(`^${((await tile.locator('strong').textContent()) ?? '').trim()}`))
    await page
      .getByLabel(new RegExp(Object.keys(typed)[0] ?? ''))
      .first()
      .waitFor()
    finds.push(...(await sidewaysFinds(page, `${kind} on a phone`)))
    await type(typed)
    await page.getByRole('heading', { name: found }).waitFor()
    await pressOn(robin, /^Edit$/)
    await page.getByRole('heading', { name: /^Edit: / }).waitFor()
    await type(edited)
    await page.getByText(Object.values(edited)[0] ?? '', { exact: true }).waitFor()
    await robin.go('Timeline')
    await tabTo(robin, /^Search/)
    await page.keyboard.type(found.toLowerCase())
    await page.getByRole('link', { name: new RegExp(found) }).waitFor()
  }
  await robin.go('Add')
  await page.locator('main a[href="/add/visit"]').waitFor()
  finds.push(...(await look(page, 'what can be added')))
  await page.locator('main a[href="/add/device"]').click()
  await robin.heading(/^Add: /).waitFor()
  finds.push(...(await look(page, 'the form for a device')))
  expect(finds).toEqual([])
  await robin.leave()
})
