import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** When after pressing "Save" the power goes: before, during and after the write. */
const DELAYS_MS = [0, 5, 10, 20, 30, 45, 60, 90]

test('what was said saved is there after each of many kills in the middle of a save, and no save is there by halves', async () => {
  const eve = await Person.arrive(relay.origin)
  eve.troubles.expect(/the page crashed/)
  await eve.settleIn()
  const said: string[] = []
  const cutShort: string[] = []
  for (const [round, delayMs] of DELAYS_MS.entries()) {
    await eve.add('note', { Title: `Said ${round}`, 'Your note': `All of ${round}` })
    said.push(`Said ${round}`)
    await eve.go('Add')
    await eve.page.locator('main a[href="/add/note"]').click()
    await eve.fill({ Title: `Cut ${round}`, 'Your note': `All of ${round}` })
    await eve.button('Save').click()
    await eve.page.waitForTimeout(delayMs)
    const wasSaid = await eve.page.getByText('Where this came from').isVisible()
    ;(wasSaid ? said : cutShort).push(`Cut ${round}`)
    // By turns the whole browser and the tab alone.
    await (round % 2 === 0 ? eve.kill() : eve.killTab())
    await eve.open('/')
    await eve.unlock()
    const notes = notesIn(await eve.exportAll())
    expect([...notes.keys()].filter(title => title.startsWith('Said') || said.includes(title)).toSorted()).toEqual(
      said.toSorted(),
    )
    for (const [title, text] of notes) expect(text).toBe(`All of ${title.split(' ')[1]}`)
  }
  expect(cutShort.length).toBeGreaterThan(0)
  await eve.statusSays(/^Backed up$/)
  await eve.leave()
})

/** Title and text of each note in an export. */
function notesIn(bundle: unknown): Map<string, string> {
  const { entry } = bundle as { entry: { resource: { content?: { attachment: { title: string; data: string } }[] } }[] }
  return new Map(
    entry
      .flatMap(({ resource }) => resource.content ?? [])
      .map(({ attachment }) => [attachment.title, Buffer.from(attachment.data, 'base64').toString('utf8')]),
  )
}
