import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** Chromium trusts for so long the room that it found at a database's last write; less when nobody has the database open. */
const [ROOM_TRUSTED_MS, CLOSED_MS] = [31_000, 10_000]

/** Presses "Save" on a full disk: it is refused, the letters stay, and a copy can be taken right there. */
async function isRefused(ada: Person, title: string): Promise<void> {
  const main = ada.page.getByRole('main')
  await ada.button('Save').click()
  await main.getByText('This device has no space left, so it was not saved.').waitFor()
  await main.getByText('What you typed is still here.').waitFor()
  expect(await main.getByLabel('Title').inputValue()).toBe(title)
  expect(await ada.downloadAll()).toContain('When there was room')
}

async function typeNote(ada: Person, title: string): Promise<void> {
  await ada.go('Add')
  await ada.page.locator('main a[href="/add/note"]').click()
  await ada.fill({ Title: title, 'Your note': 'kept' })
}

test('on a full disk nothing is saved by halves: the draft stays, all can be read and taken away, and with room it is saved', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await ada.add('note', { Title: 'When there was room', 'Your note': 'kept' })
  await ada.statusSays(/^Backed up$/)

  const makeRoom = await ada.fillDisk()
  await ada.page.waitForTimeout(ROOM_TRUSTED_MS)
  await typeNote(ada, 'While it ran')
  await isRefused(ada, 'While it ran')
  await makeRoom()
  await ada.save()

  await ada.page.goto('about:blank')
  await ada.page.waitForTimeout(CLOSED_MS)
  const makeRoomAgain = await ada.fillDisk()
  await ada.page.goto(ada.origin)
  await ada.unlock()
  await typeNote(ada, 'From the start')
  await isRefused(ada, 'From the start')
  await makeRoomAgain()
  await ada.save()
  await ada.statusSays(/^Backed up$/)
  await ada.go('Timeline')
  for (const title of ['When there was room', 'While it ran', 'From the start'])
    await ada.page.getByText(title, { exact: true }).first().waitFor()
  await ada.leave()
})
