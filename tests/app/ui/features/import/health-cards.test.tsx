import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { DirectoryInfo } from '#app/core/issuer-session.ts'
import type { ImportPreview } from '#app/core/import-session.ts'
import { instant } from '#schema/instant.ts'
import type { CardCheck } from '#schema/record/card-check.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const ISSUER = 'https://clinic.example/cards'
const CARD: CardCheck = {
  issuer: ISSUER,
  signature: 'no-key',
  time: 'valid',
  revocation: 'not-checked',
  issuedAt: instant(Date.UTC(2024, 4, 7, 12)),
  checkedAt: instant(Date.UTC(2026, 10, 26)),
}
const previewOf = (card: CardCheck): ImportPreview => ({
  importId: 'f00d0000000000000000000000000009' as ImportId,
  fileName: 'mine.smart-health-card',
  format: 'health-card',
  byKind: [{ kind: 'immunization', section: 'immunizations', isNew: 2, alreadyThere: 0 }],
  newCount: 2,
  alreadyThereCount: 0,
  unusable: [],
  remarks: [],
  cards: [card],
})

/** A code as a drawing, as programs give them out. */
function pictureOf(text: string): File {
  const { data, size } = encode(text, { border: 4 })
  const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${cells.join('')}"/></svg>`
  return new File([svg], 'code.svg', { type: 'image/svg+xml' })
}

async function choose(root: HTMLElement, file: File): Promise<void> {
  await expect
    .element(page.getByRole('button', { name: 'Choose a file' }).or(page.getByText('Is this health card genuine?')))
    .toBeVisible()
  const input = root.querySelector<HTMLInputElement>('input[type=file]')
  if (input !== null) await userEvent.upload(input, file)
}

/** What the session is given to read. */
function watchRead(session: FakeSession): string[] {
  const texts: string[] = []
  const preview = session.previewImport.bind(session)
  session.previewImport = async (file, name) => {
    texts.push(await file.text())
    return preview(file, name)
  }
  return texts
}

test('a card that cannot be checked says so, and can be once its issuer’s keys are added', async () => {
  const session = new FakeSession()
  session.nextImport = ok(previewOf(CARD))
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{}'], 'mine.smart-health-card'))
  await expect.element(page.getByText(`you keep no keys of ${ISSUER}`, { exact: false })).toBeVisible()
  await expect.element(page.getByText('Issued on May 7, 2024.')).toBeVisible()
  await expect.element(page.getByText(/taken it back was not checked/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.nextIssuerFailure = { kind: 'no-keys' }
  const keys = new File(['{"keys":[]}'], 'jwks.json', { type: 'application/json' })
  await choose(root, keys)
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('None of the keys in this file can check a health card.')
  session.nextImport = ok(previewOf({ ...CARD, signature: 'trusted' }))
  await choose(root, keys)
  await expect.element(page.getByText(/^Yes: it was signed by/)).toBeVisible()
  expect(session.issuers).toEqual([{ issuer: ISSUER, keyCount: 1 }])
  await page.getByRole('button', { name: `Do not trust it any more: ${ISSUER}` }).click()
  await expect.element(page.getByText(/None so far\. Wellkeep comes with no list/)).toBeVisible()
})

test.for([
  ['other-issuer', /^Not certain/],
  ['unsigned', /^No: nobody signed it/],
] as const)('the screen says what is known of the signature: %s', async ([signature, sentence]) => {
  const session = new FakeSession()
  session.nextImport = ok(
    previewOf({ ...CARD, signature, time: 'expired', expiresAt: instant(Date.UTC(2025, 4, 7, 12)) }),
  )
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{}'], 'mine.smart-health-card'))
  await expect.element(page.getByText(sentence)).toBeVisible()
  await expect.element(page.getByText('It is no longer valid: it ended on May 7, 2025.')).toBeVisible()
})

test('a card in several codes is read from pictures, one after the other', async () => {
  const session = new FakeSession()
  const texts = watchRead(session)
  const { root } = drawPage('/import', session)
  session.nextImport = fail({ kind: 'needs-codes', have: [2], total: 3 })
  await choose(root, pictureOf('shc:/2/3/5678'))
  await expect.element(page.getByText('This card is in 3 codes. Read so far: 2.', { exact: false })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.nextImport = fail({ kind: 'needs-codes', have: [1, 2], total: 3 })
  await choose(root, pictureOf('shc:/1/3/1234'))
  await expect.element(page.getByText('Read so far: 1 and 2', { exact: false })).toBeVisible()
  session.nextImport = ok(previewOf(CARD))
  await choose(root, pictureOf('shc:/3/3/90'))
  await expect.element(page.getByRole('button', { name: 'Bring in 2 entries' })).toBeVisible()
  expect(texts.at(-1)).toBe('shc:/2/3/5678\nshc:/1/3/1234\nshc:/3/3/90')
})

test('a picture without a code gets a clear sentence', async () => {
  const { root } = drawPage('/import')
  await choose(root, new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'x.svg', { type: 'image/svg+xml' }))
  await expect.element(page.getByText(/picture without a health card’s code/)).toBeVisible()
})

test('an issuer’s keys that are chosen as records are offered to be kept', async () => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'issuer-file', holds: 'keys' })
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{"keys":[]}'], 'jwks.json'))
  await expect.element(page.getByText('These are keys, not records')).toBeVisible()
  session.nextIssuerFailure = { kind: 'bad-address' }
  await page.getByRole('button', { name: 'Keep these keys' }).click()
  await expect.element(page.getByText(/begins with https/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Web address of the issuer').fill(ISSUER)
  await page.getByRole('button', { name: 'Keep these keys' }).click()
  await expect.element(page.getByText(ISSUER, { exact: true })).toBeVisible()
})

const DIRECTORY: DirectoryInfo = {
  source: 'https://directory.example/issuers.json',
  madeAt: instant(Date.UTC(2026, 9, 1, 12)),
  issuerCount: 622,
  keyCount: 731,
  revokedCount: 5,
}

test('a directory of issuers shows what is in it before it is kept, and goes in one act', async () => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'issuer-directory', directory: DIRECTORY })
  session.nextDirectory = DIRECTORY
  session.directories = [{ ...DIRECTORY, madeAt: instant(Date.UTC(2026, 5, 1, 12)) }]
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{"issuerInfo":[]}'], 'vci_snapshot.json'))
  await expect.element(page.getByText('This is a directory of issuers, not records')).toBeVisible()
  const words = '622 issuers · 731 keys · 5 cards taken back · As of October 1, 2026'
  await expect.element(page.getByText(words)).toBeVisible()
  await expect.element(page.getByText('It takes the place of the one of June 1, 2026', { exact: false })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Trust this directory' }).click()
  await expect.element(page.getByText('Kept. Cards of 622 issuers can be checked', { exact: false })).toBeVisible()
  expect(session.directories).toEqual([DIRECTORY])
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: `Do not trust this directory any more: ${DIRECTORY.source}` }).click()
  await expect.element(page.getByText(/None so far\. Wellkeep comes with no list/)).toBeVisible()
})

test('an older directory than the one that is kept says so', async () => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'issuer-directory', directory: DIRECTORY })
  session.directories = [{ ...DIRECTORY, madeAt: instant(Date.UTC(2026, 10, 1, 12)) }]
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{"issuerInfo":[]}'], 'vci_snapshot.json'))
  await expect.element(page.getByText('You keep a newer one, of November 1, 2026.', { exact: false })).toBeVisible()
})

test('a card that a directory speaks for names it and its day', async () => {
  const session = new FakeSession()
  const directory = { source: DIRECTORY.source, madeAt: DIRECTORY.madeAt, name: 'The clinic' }
  session.nextImport = ok(previewOf({ ...CARD, signature: 'listed', directory }))
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{}'], 'mine.smart-health-card'))
  await expect.element(page.getByText(`it was signed by The clinic (${ISSUER})`, { exact: false })).toBeVisible()
  const words = `Judged by the directory ${DIRECTORY.source}, as it was on October 1, 2026.`
  await expect.element(page.getByText(words)).toBeVisible()
})

test.for([
  ['no-directory', /does not say whose it is and of which day/],
  ['large-directory', /far larger than any/],
] as const)('a directory that cannot be kept gets a clear sentence: %s', async ([holds, sentence]) => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'issuer-file', holds })
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{}'], 'vci_snapshot.json'))
  await expect.element(page.getByText(sentence)).toBeVisible()
})

test.for([
  ['signature', /signature of this health card is wrong/],
  ['unreadable', /cannot be read/],
  ['other', /not a health card with records/],
  ['too-large', /far larger than any card/],
] as const)('a refused card gets a clear sentence: %s', async ([why, sentence]) => {
  const session = new FakeSession()
  session.nextImport = fail({ kind: 'card', why })
  const { root } = drawPage('/import', session)
  await choose(root, new File(['{}'], 'mine.smart-health-card'))
  await expect.element(page.getByText(sentence)).toBeVisible()
})
