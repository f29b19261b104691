import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { noteShown } from './known-past.ts'
import { PersonDevice } from './person-device.ts'
import { PeopleWorld } from './people-world.ts'

beforeAll(readyCrypto)

/** One entry that was overwritten, and what Ana's phone shows of it. */
function oneEntry() {
  const world = new PeopleWorld(1)
  const ana = { name: 'Ana', fullName: 'Ana', passphrase: '' }
  const phone = new PersonDevice(world, ana, 'Ana', makeMemoryDisk())
  const typed = { by: phone, openTo: new Set<never>() }
  world.entries.set('Ana/a', {
    id: 'a' as EntryId,
    owner: ana,
    section: 'problems',
    addedBy: phone,
    texts: [
      { text: 'before', order: 0, ...typed },
      { text: 'now', order: 1, ...typed },
    ],
    isBinned: false,
    binnedOn: new Set(),
  })
  const shows = (...titles: string[]) =>
    noteShown(
      world,
      phone,
      titles.map(title => ({ title }) as EntrySummary),
    )
  return { world, phone, shows }
}

test('noteShown() takes what was overwritten for gone, and what its section does not show while it is on its way for there', () => {
  const { shows } = oneEntry()
  expect([...shows('now')]).toEqual(['before'])
  expect([...shows()]).toEqual(['before'])
})

test('noteShown() takes what its own device put into the bin for gone, whatever the section shows', () => {
  const { world, phone, shows } = oneEntry()
  shows('now')
  world.entries.get('Ana/a')!.binnedOn.add(phone)
  expect([...shows()].toSorted()).toEqual(['before', 'now'])
})
