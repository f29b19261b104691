import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const TOKEN = 'for the whole family'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start({ ADMISSION_TOKENS: TOKEN })
})
afterAll(() => relay.destroy())

test('a server that takes only its host’s people says so; with the code it is backed up, and whoever has it before is asked at once', async () => {
  const ada = await Person.arrive(relay.origin)
  ada.troubles.expect(/status of 403/)
  const words = await ada.createRecord()
  await ada.confirmKit(words)
  await ada.page.getByRole('link', { name: 'Enter the code' }).click()
  await ada.heading('Your server').waitFor()
  const code = ada.page.getByLabel('Code from the host')
  await code.fill('for another family')
  await ada.button('Use this code').click()
  await ada.page.getByText('The server does not know this code.').waitFor()
  await code.fill(TOKEN)
  await ada.button('Use this code').click()
  await ada.page.getByText('You have entered a code').waitFor()
  await ada.statusSays('Backed up')
  expect(await ada.page.getByText('This server needs a code').isVisible()).toBe(false)
  await ada.leave()

  const ben = await Person.arrive(relay.origin)
  await ben.page.getByRole('link', { name: 'Create my record' }).click()
  await ben.page.getByLabel('Code from the host').fill(TOKEN)
  await ben.page.goBack()
  await ben.page.getByRole('link', { name: 'Create my record' }).waitFor()
  await ben.leave()
})
