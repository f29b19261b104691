import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeakSearch, type Secret } from './leak-search.ts'
import { Person } from './person.ts'
import { RecordingProxy } from './recording-proxy.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const CANARY = `quokka${randomBytes(8).toString('hex')}zephyr`
const NAME = `Wilhelmina ${CANARY.slice(6, 14)}`
const PASSPHRASE = `walrus ${randomBytes(6).toString('hex')} harbour`

const secret = (name: string, text: string): Secret => ({ name, bytes: Buffer.from(text) })

let relay: RelayProcess
let proxy: RecordingProxy
let person: Person
let secrets: Secret[]
beforeAll(async () => {
  relay = await RelayProcess.start()
  proxy = await RecordingProxy.start(relay.origin)
  person = await Person.arrive(proxy.origin)
  const words = await person.settleIn(NAME, '1951-03-04', PASSPHRASE)
  secrets = [
    secret('the canary', CANARY),
    secret('the name', NAME),
    secret('the passphrase', PASSPHRASE),
    secret('three of the words', words.slice(3, 6).join(' ')),
    secret('three of the words, as a list', words.slice(3, 6).join('","')),
    { name: 'the recovery secret', bytes: Buffer.from(mnemonicToEntropy(words.join(' '), wordlist)) },
  ]
  await sing(person)
  await person.statusSays(/^Backed up$/)
})
afterAll(async () => {
  await person.leave()
  proxy.stop()
  await relay.destroy()
})

/** Types the canary into every field there is, and brings it in by a file. */
async function sing(ada: Person): Promise<void> {
  await ada.go('Add')
  await ada.page.locator('main a[href="/add/blood-pressure"]').click()
  await ada.fill({ 'Upper (systolic)': '128', 'Lower (diastolic)': '82', Pulse: '61' })
  await ada.page.getByText('More details').click()
  await ada.fill({ Note: CANARY })
  await ada.save()
  await ada.add('weight', { Weight: '71.5', Note: CANARY })
  await ada.add('condition', { 'What is it called?': CANARY, Note: CANARY })
  await ada.go('Add')
  await ada.page.locator('main a[href="/add/medicine"]').click()
  await ada.fill({ 'Name of the medicine': CANARY, 'How do you take it?': CANARY })
  await ada.page.getByText('More details').click()
  await ada.fill({ 'What is it for?': CANARY, Note: CANARY })
  await ada.save()
  await ada.add('allergy', { 'What do you react to?': CANARY, 'What happens?': CANARY, Note: CANARY })
  await ada.add('note', { Title: CANARY, 'Your note': `${CANARY} and again ${CANARY}` })
  await ada.page.getByRole('link', { name: 'Edit' }).click()
  await ada.fill({ Title: `${CANARY} edited` })
  await ada.save()
  await ada.go('Timeline')
  await ada.page.getByRole('searchbox').first().fill(CANARY)
  await ada.page.getByText(`${CANARY} edited`).first().waitFor()
  const text = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', id: CANARY, name: [{ text: NAME }], birthDate: '1951-03-04' } },
      {
        resource: {
          resourceType: 'Observation',
          id: 'o1',
          status: 'final',
          identifier: [{ system: `urn:${CANARY}`, value: CANARY }],
          code: { text: CANARY, coding: [{ system: 'http://loinc.org', code: CANARY }] },
          subject: { reference: `Patient/${CANARY}` },
          effectiveDateTime: '2020-01-02',
          valueQuantity: { value: 5, unit: CANARY },
          note: [{ text: `${CANARY} `.repeat(3000) }],
        },
      },
      {
        resource: {
          resourceType: 'DocumentReference',
          id: 'd1',
          status: 'current',
          description: CANARY,
          content: [
            {
              attachment: {
                title: CANARY,
                contentType: `text/${CANARY}`,
                data: Buffer.from(CANARY).toString('base64'),
              },
            },
          ],
        },
      },
    ],
  })
  await ada.importFile({ name: `${CANARY}.json`, text })
  await ada.go('Add')
  await ada.page.getByRole('link', { name: /A document or photo/ }).click()
  const letter = Buffer.from(`%PDF-1.7 ${CANARY} `.repeat(9000))
  const scan = { name: `${CANARY}.pdf`, mimeType: 'application/pdf', buffer: letter }
  await ada.page.locator('input[type=file][multiple]').setInputFiles([scan])
  await ada.fill({ 'What is it?': `${CANARY} letter`, 'Who it is from (optional)': CANARY })
  await ada.save()
  await ada.go('Devices')
  await ada
    .button(/^Rename /)
    .first()
    .click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(`Phone ${CANARY}`)
  await dialog.getByRole('button', { name: /Save|Rename/ }).click()
  await ada.page.getByText(`Phone ${CANARY}`).first().waitFor()
}

test('the search finds every form of a planted secret', () => {
  const search = new LeakSearch([secret('it', CANARY)])
  const plain = Buffer.from(`before ${CANARY} after`)
  const at = (offset: number) =>
    Buffer.from(Buffer.concat([randomBytes(offset), Buffer.from(CANARY), randomBytes(3)]).toString('base64'))
  const forms: Readonly<Record<string, Buffer>> = {
    plain,
    'UTF-16': Buffer.from(CANARY, 'utf16le'),
    'UTF-16 BE': Buffer.from(CANARY, 'utf16le').swap16(),
    'base64 at 0': at(0),
    'base64 at 1': at(1),
    'base64 at 2': at(2),
    hex: Buffer.from(plain.toString('hex')),
    HEX: Buffer.from(plain.toString('hex').toUpperCase()),
    gzip: gzipSync(plain),
    zlib: deflateSync(plain),
  }
  for (const [form, bytes] of Object.entries(forms)) {
    const haystack = Buffer.concat([randomBytes(5000), bytes, randomBytes(5000)])
    expect([form, ...search.inBytes(form, haystack)]).not.toEqual([form])
  }
  expect(search.inBytes('bare deflate', deflateRawSync(plain))).not.toEqual([])
  const automerge = Buffer.from([0x85, 0x6f, 0x4a, 0x83, 1, 2, 3, 4, 1])
  expect(search.inBytes('automerge', Buffer.concat([randomBytes(100), automerge]))).not.toEqual([])
  expect(search.inBytes('noise', randomBytes(20_000))).toEqual([])
})

test('nothing of it is in the files or the log of the relay', async () => {
  const search = new LeakSearch(secrets)
  expect(await search.inFolder(relay.dataDir)).toEqual([])
  expect(search.inBytes('the log', Buffer.from(relay.log))).toEqual([])
  expect(relay.log).not.toBe('')

  const planted = join(relay.dataDir, 'planted')
  await writeFile(planted, gzipSync(`x ${CANARY}`))
  expect(await search.inFolder(relay.dataDir)).not.toEqual([])
})

test('nothing of it is in the traffic', async () => {
  const search = new LeakSearch(secrets)
  const found = () => proxy.traffic.flatMap((part, index) => search.inBytes(`part ${index}`, part))
  expect(found()).toEqual([])
  const heard = proxy.traffic.reduce((sum, part) => sum + part.length, 0)
  expect(heard).toBeGreaterThan(100_000)

  person.troubles.expect(/Failed to load resource/, /WebSocket/)
  await person.page.evaluate(async text => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/v1/stream`)
    socket.onopen = () => socket.send(text)
    await new Promise(resolve => setTimeout(resolve, 1000))
    socket.close()
  }, CANARY)
  await expect.poll(found).not.toEqual([])
})

test('nothing of it is in what the browser keeps', async () => {
  const search = new LeakSearch(secrets)
  const kept = await scriptStorage(person.page)
  expect(kept.length).toBeGreaterThan(1_000_000)
  expect(search.inBytes('storage', kept)).toEqual([])
  await person.close()
  // "Your name" says what it is for (WCAG 1.3.5), so the browser may keep it among the names it offers to fill in, and
  // with the form of a tab it would restore.
  const isOffered = (find: string) => /\/(Web Data|Login Data|Sessions\/)[^/]*: the name(, UTF-16( BE)?)?$/.test(find)
  const finds = await search.inFolder(person.profileDir)
  expect(finds.filter(find => !isOffered(find))).toEqual([])

  await person.open()
  await person.page.evaluate(
    text =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('planted', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
        opening.onerror = () => reject(new Error('IndexedDB failed'))
        opening.onsuccess = () => {
          const writing = opening.result.transaction('rows', 'readwrite', { durability: 'strict' })
          writing.objectStore('rows').put(new TextEncoder().encode(text), 'key')
          writing.oncomplete = () => resolve()
        }
      }),
    CANARY,
  )
  expect(search.inBytes('storage', await scriptStorage(person.page))).not.toEqual([])
  await person.close()
  const planted = await search.inFolder(person.profileDir)
  expect(planted.filter(find => !isOffered(find))).not.toEqual([])
  await person.open()
})
