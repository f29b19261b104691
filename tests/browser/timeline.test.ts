import { afterAll, beforeAll, expect, test } from 'vitest'
import { largeRecord } from '#tests/support/fhir-fixtures.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const COUNT = 20_000

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Kim Fixture', '1960-01-01')
  await kim.importFile({ name: 'long life.json', text: largeRecord(3, COUNT) })
  await kim.add('note', { Title: 'The needle', 'Your note': 'in the haystack' })
}, 240_000)
afterAll(async () => {
  await kim.leave()
  await relay.destroy()
})

test('home is there at once with 20,000 entries, and says what matters', async () => {
  await kim.page.reload()
  await kim.unlock()
  await kim.go('Home')
  const main = kim.page.getByRole('main')
  await main.getByRole('heading', { name: 'Latest test results' }).waitFor()
  await main.getByRole('heading', { name: 'Active problems' }).waitFor()
  await expect.poll(() => main.getByRole('link', { name: /The needle/ }).count()).toBe(1)
})

test('the timeline draws only what is near the screen, wherever one scrolls or jumps', async () => {
  const { page } = kim
  await kim.go('Timeline')
  await page.getByText('20,001 entries').waitFor()
  const drawn = () => page.getByRole('main').getByRole('listitem').count()
  const years: number[] = []
  for (let step = 1; step <= 20; step++) {
    await page.evaluate(part => window.scrollTo(0, document.documentElement.scrollHeight * part), step / 20)
    await page.getByRole('main').getByRole('link').first().waitFor()
    expect(await drawn()).toBeLessThan(120)
    years.push(
      Number(
        await page
          .getByLabel('Go to')
          .evaluate(node => (node as HTMLSelectElement).selectedOptions[0]?.textContent?.slice(-4)),
      ),
    )
  }
  expect(years).toEqual(years.toSorted((a, b) => b - a))
  expect(new Set(years).size).toBeGreaterThan(8)
  await page.getByLabel('Go to').selectOption({ label: 'March 2017' })
  await page.getByRole('heading', { name: /^March 2017/ }).waitFor()
  await page.getByRole('list', { name: 'March 2017' }).getByRole('link').first().waitFor()
})

test('scrolling draws each row once as it comes near, and no more', async () => {
  const { page } = kim
  await kim.go('Timeline')
  await page.getByText('20,001 entries').waitFor()
  const { drawn, passed } = await page.evaluate(async () => {
    let drawn = 0
    const observer = new MutationObserver(changes => {
      const added = changes.flatMap(change => [...change.addedNodes])
      drawn += added.filter(node => node instanceof HTMLElement && node.matches('li, ul')).length
    })
    observer.observe(document.querySelector('main') ?? document.body, { childList: true, subtree: true })
    const before = window.scrollY
    for (let frame = 0; frame < 120; frame++) {
      window.scrollBy(0, 400)
      await new Promise(resolve => requestAnimationFrame(resolve))
    }
    observer.disconnect()
    return { drawn, passed: window.scrollY - before }
  })
  expect(passed).toBeGreaterThan(40_000)
  // A row is 48 px high at least; a month's list comes with its first row.
  expect(drawn).toBeLessThan((passed / 48) * 1.5)
})

test('the timeline narrows by kind, date, source and text, and a chip widens it again', async () => {
  const { page } = kim
  await kim.go('Timeline')
  const says = (words: string | RegExp) => page.getByText(words).first().waitFor()
  await page.getByLabel('Search').fill('needle')
  await says('One entry')
  await kim.button(/^Stop narrowing to “needle”/).click()
  await says('20,001 entries')
  await kim.button('Filter').click()
  await page.getByText(/^Conditions \(/).click()
  await says('2,000 entries')
  await page.getByLabel('From', { exact: true }).fill('2017-01-01')
  await page.getByLabel('To', { exact: true }).fill('2017-01-31')
  await says(/^1\d entries$/)
  await kim.button('Show everything').click()
  await says('20,001 entries')
  await page.getByText(/^Entered by hand \(/).click()
  await says('One entry')
  expect(new URL(page.url()).search).toMatch(/^\?view=[0-9a-f]{8}$/)
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain('self')
  await page.getByRole('link', { name: /The needle/ }).click()
  await page.goBack()
  await says('One entry')
  await page.getByRole('link', { name: /The needle/ }).waitFor()
  await expect.poll(() => kim.button(/^Stop narrowing to Entered by hand$/).count()).toBe(1)
})

test('a lock, and a reload, lead back to the same place of the same narrowed timeline', async () => {
  const { page } = kim
  await kim.go('Timeline')
  await kim.button('Filter').click()
  await page.getByText(/^Conditions \(/).click()
  await kim.button(/^Show the results/).click()
  await page.getByLabel('Go to').selectOption({ label: 'March 2017' })
  const place = () => page.getByRole('main').getByRole('list', { name: 'March 2017' }).getByRole('link').first()
  await place().waitFor()
  const at = () => place().evaluate(link => Math.round(link.getBoundingClientRect().top))
  const before = await at()
  // Scrolling comes to rest.
  await page.waitForTimeout(1000)
  await kim.lock()
  expect(await page.locator('body').innerText()).not.toMatch(/Condition/)
  await kim.unlock()
  await page.getByText('2,000 entries').waitFor()
  await expect.poll(async () => Math.abs((await at()) - before)).toBeLessThan(90)
  await page.reload()
  await kim.unlock()
  await page.getByText('2,000 entries').waitFor()
  await expect.poll(async () => Math.abs((await at()) - before)).toBeLessThan(90)
  await kim.go('Home')
  await kim.lock()
  await kim.unlock()
  await kim.go('Timeline')
  await page.getByText('20,001 entries').waitFor()
})
