import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn } from './by-keyboard.ts'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const ERRANDS = [
  ['My medicines', /\/medicines$/],
  ['Write down a measurement', /\/track$/],
  ['My results', /\/results$/],
  ['My record and papers', /\/record$/],
  ['Emergency card', /\/card$/],
  ['Show a doctor', /\/take-out\/doctor$/],
  ['Everything else', /\/more$/],
] as const

test('by the keyboard alone, on a phone: the simple view has a large button for each errand, and one way back', async () => {
  const ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  const { page } = ada
  // A busy machine is slow, not wrong.
  ada.context.setDefaultTimeout(120_000)
  await ada.lookAround()
  await page.goto(`${relay.origin}/settings`)
  const choice = page.getByRole('checkbox', { name: /Simple view/ })
  await choice.waitFor()
  await pressOn(ada, /^Simple view/, 'Space')
  await expect.poll(() => page.evaluate(() => document.documentElement.hasAttribute('data-simple'))).toBe(true)
  await pressOn(ada, /^To the start page$/)
  for (const [name, address] of ERRANDS) {
    const button = page.getByRole('link', { name, exact: true })
    await button.waitFor()
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(56)
    await pressOn(ada, new RegExp(`^${name}$`))
    await page.waitForURL(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await pressOn(ada, /^To the start page$/)
    await page.waitForURL(/:\d+\/$/)
  }
  expect(await look(page, 'simple home')).toEqual([])
  await page.reload()
  await page.getByRole('link', { name: 'Show a doctor' }).waitFor()
  await page.goto(`${relay.origin}/more`)
  await page.getByRole('link', { name: 'Add', exact: true }).waitFor()
  expect(await look(page, 'simple, everything else')).toEqual([])
  await ada.leave()
})
