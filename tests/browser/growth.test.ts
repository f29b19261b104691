import { afterAll, beforeAll, expect, test } from 'vitest'
import { injectBluetooth } from '#tests/support/fake-bluetooth.ts'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look, sidewaysFinds } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { visit } from './visit.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const PHONE = { width: 360, height: 740 }
const yearsAgo = (years: number) => `${new Date().getFullYear() - years}-01-02`

test('on a phone, by keyboard alone: a child’s weight comes to its place on the named curves', async () => {
  const kim = await Person.arrive(relay.origin, { viewport: PHONE })
  await kim.settleIn('Kim Child', yearsAgo(6))
  const { page } = kim
  await kim.add('weight', { Weight: '47.4' })
  await visit(page, '/track')
  await pressOn(kim, /^Growth curves/)
  await tabTo(kim, /^(Girl|Sex)/)
  await page.keyboard.press('Space')
  await pressOn(kim, /^Show the curves$/)
  await page.getByRole('heading', { name: 'Weight for age: CDC Growth Charts (2000)' }).waitFor()
  await page.getByRole('row', { name: /47\.4 lb/ }).waitFor()
  const finds = [...(await look(page, 'growth')), ...(await sidewaysFinds(page, 'growth on a phone'))]
  expect(finds).toEqual([])
  await kim.leave()
})

test('a meter that keeps readings hands them over by Bluetooth: chosen from a list, saved when said, known the next time', async () => {
  const robin = await Person.arrive(relay.origin, { viewport: PHONE })
  const { page } = robin
  const services = {
    0x1808: {
      0x2a18: ['030500ea070304081e00000069b011', '030600ea070304091e00000078b011'],
      0x2a34: ['02050003'],
      0x2a52: [],
    },
  }
  await robin.context.addInitScript(injectBluetooth, { services, name: 'Meter 5' })
  await page.reload()
  await robin.settleIn('Robin Sample', '1958-04-12')
  await visit(page, '/track/device')
  await pressOn(robin, /^Choose a device$/)
  await page.getByText('Listening to Meter 5. Take a measurement now.').waitFor()
  await page.getByRole('checkbox', { name: /105 mg\/dL/ }).waitFor()
  await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(2)
  const finds = [...(await look(page, 'a device')), ...(await sidewaysFinds(page, 'a device on a phone'))]
  await pressOn(robin, /^Save 2 readings$/)
  await page.getByRole('link', { name: /^Blood sugar/ }).waitFor()
  await pressOn(robin, /^From a device/)
  await pressOn(robin, /^Choose a device$/)
  await page.getByText('You have this one already.').first().waitFor()
  await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(0)
  expect(finds).toEqual([])
  await robin.leave()
})
