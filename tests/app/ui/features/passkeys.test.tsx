import { beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { fail } from '#schema/result.ts'
import { axeFindings, drawApp, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_PASSKEYS } from '#tests/support/fake-passkeys.ts'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  await page.viewport(360, 740)
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const add = () => page.getByRole('main').getByRole('button', { name: 'Add a passkey' })

test('a passkey is added with the passphrase, listed by name and day, and removed', async () => {
  const { session, root } = drawPage('/settings')
  await add().click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText(/Whoever can use your passkey/)).toBeInTheDocument()
  await dialog.getByLabelText('Name in your list here').fill('Blue key')
  await unlockAgain('not it', 'Add a passkey')
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  expect(session.added).toEqual([])
  await unlockAgain(FAKE_PASSPHRASE, 'Add a passkey')
  await expect.element(page.getByText('Blue key', { exact: true })).toBeVisible()
  await expect.element(page.getByText('Added on November 27, 2026')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button(/^Remove the passkey/).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => session.added).toEqual([])
})

test('a browser without passkeys says so and offers none', async () => {
  drawPage('/settings', new FakeSession(), { passkeys: { ...FAKE_PASSKEYS, isPossible: async () => false } })
  await expect.element(page.getByText(/This browser has no passkeys/)).toBeVisible()
  expect(add().query()).toBeNull()
})

test.each([
  ['cancelled', /No passkey was added/],
  ['no-prf', /it lacks the part called “PRF”/],
  ['already', /has a passkey for this record already/],
  ['not-at-this-address', /only at a secure address/],
] as const)('a ceremony that failed says so and adds nothing: %s', async (failure, words) => {
  const passkeys = { ...FAKE_PASSKEYS, create: async () => fail(failure) }
  const { session } = drawPage('/settings', new FakeSession(), { passkeys })
  await add().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Add a passkey')
  await expect.element(page.getByRole('dialog').getByText(words)).toBeVisible()
  expect(session.added).toEqual([])
})

test('the locked page has the passkey beside the passphrase, and says what did not go', async () => {
  const session = new FakeSession({ kind: 'locked', isSample: false })
  const output = new Uint8Array(32).fill(9)
  session.added.push({
    id: 'AQID',
    name: 'Key',
    credentialId: Uint8Array.of(1, 2, 3),
    salt: new Uint8Array(32),
    output,
    passphrase: '',
    addedAt: instant(0),
  })
  const { root } = drawApp('/', session)
  await button('Unlock with your passkey').click()
  await expect.element(page.getByText(/This passkey does not open this record/)).toBeVisible()
  await expect.element(page.getByLabelText('Passphrase', { exact: true })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  output.fill(7)
  await button('Unlock with your passkey').click()
  await expect.poll(() => session.vaultState.value.kind).toBe('open')
})
