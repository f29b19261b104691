import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

test('somebody creates a record, confirms the kit and finds the record again after the browser was killed', async () => {
  const ada = await Person.arrive(relay.origin)
  const words = await ada.settleIn()
  expect(words).toHaveLength(24)
  await ada.statusSays('Backed up')
  await ada.add('weight', { Weight: '71.5' })
  await ada.kill()
  await ada.open()
  await ada.unlock()
  await ada.page.getByText('71.5 kg').first().waitFor()
  await ada.leave()
})
