import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin)
  ada.troubles.expectCutNetwork()
  await ada.settleIn()
  // The service worker has every page: while the relay is away they come from it.
  await ada.page.evaluate(async () => void (await navigator.serviceWorker.ready))
})
afterAll(async () => {
  await ada.leave()
  await relay.destroy()
})

/** Chromium lets a socket wait for up to five seconds after several that failed. */
const AT_ONCE_MS = 12_000

test('the chip says what is true while the relay is killed, comes back, and the network is cut', async () => {
  await ada.statusSays('Backed up')
  await relay.stop('SIGKILL')
  await ada.statusSays(/Relay cannot be reached since \d/, 60_000)
  await ada.add('weight', { Weight: '70' })
  await ada.statusSays(/1 change waiting/)
  await ada.add('weight', { Weight: '70.5' })
  await ada.add('note', { Title: 'While it was away', 'Your note': 'still saved' })
  await ada.statusSays(/3 changes waiting/)
  await ada.statusSays(/Relay cannot be reached since/)
  await ada.statusChip.click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByText('3 changes are saved here and wait to be backed up.').waitFor()
  await dialog.getByText(/^The relay has not answered since/).waitFor()
  await ada.button('Close', dialog).click()

  // By now the next try is some while away.
  await ada.page.waitForTimeout(20_000)
  await relay.restart()
  await ada.button('Try now').click()
  await ada.statusSays('Backed up', AT_ONCE_MS)
  await relay.stop('SIGKILL')
  await ada.statusSays(/Relay cannot be reached since/, 60_000)
  await ada.page.waitForTimeout(20_000)
  await relay.restart()
  await ada.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await ada.statusSays('Backed up', AT_ONCE_MS)

  await relay.stop('SIGKILL')
  await ada.statusSays(/Relay cannot be reached since/, 60_000)
  await ada.add('weight', { Weight: '70.7' })
  await ada.statusSays(/1 change waiting/)
  await ada.kill()
  await relay.restart()
  await ada.open()
  await ada.unlock()
  await ada.statusSays('Backed up', 60_000)
  await ada.page
    .getByRole('link', { name: /While it was away/ })
    .first()
    .waitFor()

  await ada.setOffline(true)
  await ada.statusSays('Offline')
  await ada.page.getByText('You are offline. Everything still works').waitFor()
  await ada.add('weight', { Weight: '71' })
  await ada.statusSays(/1 change waiting/)
  expect(await ada.statusChip.innerText()).not.toMatch(/Backed up/)
  await ada.setOffline(false)
  await ada.statusSays('Backed up', 60_000)
  expect(await ada.statusChip.innerText()).not.toMatch(/Offline|waiting/)
})
