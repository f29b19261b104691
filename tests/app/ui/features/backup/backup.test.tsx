import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawApp, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_BACKUP_CODE } from '#tests/support/fake-backup.ts'
import { FAKE_PASSPHRASE, FAKE_WORDS, FakeSession, OPEN } from '#tests/support/fake-session.ts'

const LAST = { madeAt: instant(Date.UTC(2026, 10, 1)), deviceName: 'Phone', entries: 1400, isLevel: false }

const CHECKED = 'Choose a backup file'
const RESTORED = 'Choose the file'

/** By the input that is called as the button is which opens it. */
function chooseFile(label: string, name = 'wellkeep-backup.age'): void {
  const input = document.querySelector<HTMLInputElement>(`input[type=file][aria-label="${label}"]`)!
  const files = new DataTransfer()
  files.items.add(new File(['sealed'], name))
  input.files = files.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

test('the settings say when the last backup was made, and that the record has changed since', async () => {
  const session = new FakeSession()
  session.backup = { ...session.backup, last: LAST }
  drawPage('/settings', session)
  await expect.element(page.getByText(/made on .*2026, on “Phone”, with 1,400 entries/)).toBeVisible()
  await expect.element(page.getByText(/has changed since/)).toBeVisible()
  await page.getByRole('link', { name: 'Make or check a backup' }).click()
  await expect.element(page.getByRole('heading', { name: 'Backup file', level: 1 })).toBeVisible()
})

test('a backup is made, and said to be in the downloads; a full disk and a cancel are said, too', async () => {
  const { root, session } = drawPage('/backup')
  await expect.element(page.getByText('No backup file has been made yet.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.nextMakeFailure = { kind: 'not-stored', why: 'quota' }
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  session.nextMakeFailure = { kind: 'cancelled' }
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByText('No file was made.')).toBeVisible()
  session.missing = ['Tim', 'Grandma']
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByText(/in your downloads, with 1,482 entries/)).toBeVisible()
  await expect.element(page.getByText(/has not come to this device yet: Tim and Grandma/)).toBeVisible()
  await expect.element(page.getByText(/Everything in your record is in it/)).toBeVisible()
})

test('a check says what is in a file, or in plain words why it is of no use', async () => {
  const { session } = drawPage('/backup')
  await expect.element(page.getByText(/Reads all of a file/)).toBeVisible()
  chooseFile(CHECKED)
  await expect.element(page.getByText('This backup is whole')).toBeVisible()
  await expect.element(page.getByText('1,482 entries are in it.')).toBeVisible()
  expect(session.checked[0]?.key).toBeUndefined()
  for (const [failure, words] of [
    [{ kind: 'damaged' }, /part of it is missing or was changed/],
    [{ kind: 'wrong-key' }, /a backup of another record/],
    [{ kind: 'newer' }, /newer version of Wellkeep/],
    [{ kind: 'not-a-backup' }, /no backup file of Wellkeep/],
    [{ kind: 'unreadable' }, /cannot read it any more/],
    [{ kind: 'cancelled' }, /You called it off/],
  ] as const) {
    session.nextOpenFailure = failure
    chooseFile(CHECKED)
    await expect.element(page.getByText(words)).toBeVisible()
  }
})

test('the code is shown for the passphrase only, and goes again', async () => {
  drawPage('/backup')
  await page.getByRole('button', { name: 'Show the code' }).click()
  await unlockAgain(FAKE_PASSPHRASE, 'Show the code')
  await expect.element(page.getByRole('group', { name: 'Your backup code' })).toHaveTextContent(FAKE_BACKUP_CODE)
  await page.getByRole('button', { name: 'Hide it' }).click()
  await expect.element(page.getByRole('group', { name: 'Your backup code' })).not.toBeInTheDocument()
})

test('a device that never had the words asks for them first, and says whose they are not', async () => {
  const session = new FakeSession()
  session.backup = { ...session.backup, kind: 'no-code' }
  const { root } = drawPage('/backup', session)
  const words = page.getByLabelText('The 24 words', { exact: true }).first()
  await expect.element(words).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await words.fill(FAKE_WORDS.join(' '))
  await page.getByLabelText('Your passphrase', { exact: true }).fill(FAKE_PASSPHRASE)
  session.nextKeepCodeFailure = { kind: 'other-record' }
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect.element(page.getByText('These are the words of another record.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect.element(page.getByRole('button', { name: 'Make the file' })).toBeVisible()
})

test('a restore shows first what is in the file, asks for a passphrase, and says why it could not be', async () => {
  const session = new FakeSession({ kind: 'empty' })
  const { root } = drawApp('/', session)
  await page.getByRole('link', { name: 'Restore from a backup file' }).click()
  await page.getByRole('button', { name: 'Open the file' }).click()
  await expect.element(page.getByText('Please choose the file.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  chooseFile(RESTORED, 'my backup.age')
  await expect.element(page.getByText('my backup.age')).toBeVisible()
  const key = page.getByLabelText('The 24 words, or the backup code')
  await key.fill('one two three')
  await page.getByRole('button', { name: 'Open the file' }).click()
  await expect.element(page.getByText(/3 words/)).toBeVisible()
  await key.fill(FAKE_BACKUP_CODE)
  session.nextOpenFailure = { kind: 'wrong-key' }
  await page.getByRole('button', { name: 'Open the file' }).click()
  await expect.element(page.getByText(/do not open it/)).toBeVisible()
  await page.getByRole('button', { name: 'Open the file' }).click()
  await expect.element(page.getByText('This backup is whole')).toBeVisible()
  await page.getByRole('button', { name: 'Restore this record' }).click()
  expect(session.restored).toBeUndefined()
  await page.getByLabelText('New passphrase', { exact: true }).fill('seven calm otters under ice')
  session.nextRestoreFailure = { kind: 'not-stored', why: 'quota' }
  await page.getByRole('button', { name: 'Restore this record' }).click()
  await expect.element(page.getByText('Nothing was restored')).toBeVisible()
  await page.getByRole('button', { name: 'Restore this record' }).click()
  await expect.element(page.getByText('Restored: 1,482 entries.')).toBeVisible()
  expect(session.restored).toMatchObject({ key: FAKE_BACKUP_CODE, passphrase: 'seven calm otters under ice' })
})

test('the kit’s sheet has the code', async () => {
  drawPage('/kit', new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true }))
  await expect.element(page.getByRole('group', { name: 'Your backup code' })).toHaveTextContent(FAKE_BACKUP_CODE)
})
