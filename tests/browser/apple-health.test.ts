import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthData, pressure, record, zipOf } from '#tests/support/apple-health.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const at = (day: string, time: string) => `2024-03-${day} ${time}:00 +0100`
const beat = (day: string, time: string, value: number) =>
  record('HeartRate', at(day, time), String(value), { unit: 'count/min', source: 'Kim’s Watch' })

const DATA = healthData(
  pressure(at('05', '08:00'), 131, 81),
  record('BodyMass', at('05', '07:30'), '80.1', { unit: 'kg' }),
  beat('04', '06:00', 50),
  beat('04', '18:00', 100),
  beat('06', '12:00', 72),
  beat('19', '12:00', 72),
  record('ActiveEnergyBurned', at('05', '09:00'), '12.5', { unit: 'kcal' }),
)

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Kim Sample', '1970-03-04')
})
afterAll(async () => {
  await kim.leave()
  await relay.destroy()
})

test('a phone’s export comes in as chosen, is read day by day, adds nothing twice, and leaves as one step', async () => {
  const archive = zipOf([
    { name: 'apple_health_export/Exportación.xml', text: DATA },
    { name: 'apple_health_export/workout-routes/route_1.gpx', text: '<gpx/>' },
  ])
  const file = { name: 'export.zip', text: new Uint8Array(await archive.arrayBuffer()) }
  await kim.offerFile(file)
  await kim.page.getByText('An export of Apple Health.').waitFor()
  await kim.page.getByRole('checkbox', { name: /Heart rate.*4 readings.*by week/ }).waitFor()
  expect(await kim.page.getByRole('checkbox', { name: /Active energy/ }).isChecked()).toBe(false)
  await kim.page.getByText(/One route of a workout/).waitFor()
  await kim.page.getByText(/One reading of the week that was not over/).waitFor()
  // The pressure, the weight, one week of heart rates, the person and the blood group.
  expect(await kim.commitImport()).toBe(5)

  await kim.go('Timeline')
  await kim.page
    .getByRole('link', { name: /131\s*\/\s*81/ })
    .first()
    .waitFor()
  await kim.page
    .getByRole('link', { name: /Heart rate, mean of a week/ })
    .first()
    .click()
  await kim.page.getByRole('heading', { name: 'Day by day' }).waitFor()
  const days = kim.page.getByRole('table').getByRole('row')
  await days
    .filter({ hasText: /4/ })
    .getByRole('cell', { name: /^\W*100 \/min/ })
    .waitFor()
  await expect.poll(() => days.count()).toBe(3)

  await kim.offerFile({ ...file, name: 'again.zip' })
  await kim.page.getByText('Nothing of what is ticked is new.').waitFor()
  expect(await kim.button(/^Bring in /).count()).toBe(0)
  await kim.button('Cancel').click()

  await kim.button('Take it back: export.zip').click()
  await kim.page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await kim.page.getByText('5 entries were taken back').waitFor()
})
