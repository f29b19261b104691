import { expect, test } from 'vitest'
import type { EntryId } from '#schema/record/entry.ts'
import { fakePdf, plainJpeg, plainPng } from '#tests/support/photos.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => ({ file: new Blob([bytes]), name })

/** Notes what it was asked to draw, and says which that was. */
async function deviceThatDraws() {
  const drawn: string[] = []
  const shrink = async (picture: Blob) => {
    drawn.push(picture.type)
    return new Blob([`small ${picture.type}`], { type: 'image/jpeg' })
  }
  const device = await (await makeWorld({ pictures: { shrink } })).device()
  return { device, drawn }
}

async function keep({ record }: RecordDevice, files: readonly ReturnType<typeof file>[]): Promise<EntryId> {
  const added = await record.addPaper({ files, title: 'Paper', keepAsIs: true, isPrivate: false })
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

const textOf = async (blob: Blob | undefined) => blob && (await blob.text())
const rows = ({ store }: RecordDevice) => store.keys('sealed', 'picture/')

test('thumbnail() is of the first picture, drawn once and kept sealed; a change of the document draws it anew', async () => {
  const { device, drawn } = await deviceThatDraws()
  const id = await keep(device, [file(fakePdf(900), 'a.pdf'), file(plainJpeg(), 'b.jpg'), file(plainPng(), 'c.png')])
  expect(await textOf(await device.record.thumbnail(id))).toBe('small image/jpeg')
  await device.reopen()
  expect(await textOf(await device.record.thumbnail(id))).toBe('small image/jpeg')
  expect(drawn).toEqual(['image/jpeg'])
  const [key] = await rows(device)
  expect(new TextDecoder('latin1').decode(await device.store.get('sealed', key!))).not.toContain('small')
  await device.record.editEntry(id, { kind: 'document', title: 'Paper', without: '1' })
  expect(await textOf(await device.record.thumbnail(id))).toBe('small image/png')
  expect(drawn).toEqual(['image/jpeg', 'image/png'])
})

test('a document without pictures has no thumbnail, and is not read for it twice; nor has what is no document', async () => {
  const { device, drawn } = await deviceThatDraws()
  const id = await keep(device, [file(fakePdf(900), 'a.pdf')])
  const other = await device.record.addEntry({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
  if (!other.ok) throw new Error(other.failure.kind)
  expect(await device.record.thumbnail(id)).toBeUndefined()
  const { opened } = device
  expect(await device.record.thumbnail(id)).toBeUndefined()
  expect(device.opened).toBe(opened)
  expect(await device.record.thumbnail(other.value)).toBeUndefined()
  expect(drawn).toEqual([])
})

test('where nothing can draw there is none, and the thumbnail of what is gone for good goes at the next unlock', async () => {
  const plain = await (await makeWorld()).device()
  expect(await plain.record.thumbnail(await keep(plain, [file(plainJpeg(), 'b.jpg')]))).toBeUndefined()
  const { device } = await deviceThatDraws()
  const id = await keep(device, [file(plainJpeg(), 'b.jpg')])
  await device.record.thumbnail(id)
  expect(await rows(device)).toHaveLength(1)
  await device.record.binEntry(id)
  await device.reopen()
  await device.record.idle()
  expect(await rows(device)).toHaveLength(1)
  device.clock.offsetMs += 31 * 86_400_000
  await device.reopen()
  await device.record.idle()
  await device.reopen()
  await device.record.idle()
  await expect.poll(async () => (await rows(device)).length).toBe(0)
})
