import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { setLanguage } from '#app/ui/language/language.ts'
import { axeFindings, drawApp, unlockAgain } from '#tests/support/draw.tsx'
import {
  FAKE_DIGITS,
  FAKE_PAIRING_WORDS,
  FAKE_PASSPHRASE,
  FAKE_WORDS,
  FakeSession,
  OPEN,
} from '#tests/support/fake-session.ts'

// Whole journeys, with the dictionaries of the strength estimate: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

const EMPTY = { kind: 'empty' } as const
const LOCKED = { kind: 'locked', isSample: false } as const

beforeEach(async () => {
  await page.viewport(360, 740)
  await setLanguage('en')
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string) => page.getByRole('heading', { name, level: 1 })

test('a person makes a record and confirms the kit', async () => {
  const session = new FakeSession(EMPTY)
  drawApp('/', session)
  await page.getByRole('link', { name: 'Create my record' }).click()
  await button('Create my record').click()
  await expect.element(page.getByText('Use at least 8 characters.')).toBeVisible()
  await page.getByLabelText('Your name').fill('Ada')
  await button('I only know the year').click()
  await page.getByLabelText('Year of birth').fill('1958')
  await page.getByLabelText('Passphrase', { exact: true }).fill('lamp orbit garden velvet')
  await button('Create my record').click()

  await expect.element(heading('Your recovery kit')).toBeVisible()
  expect(session.vaultState.value).toMatchObject({ personName: 'Ada', birthDate: '1958' })
  await expect.element(page.getByText('mirror')).toBeVisible()
  await button('I have the words on paper').click()
  await page.getByLabelText('Word 3').fill('gardin')
  await page.getByLabelText('Word 11').fill('brighd')
  await page.getByLabelText('Word 20').fill('wisdom')
  await button('Confirm').click()
  await expect.element(page.getByText('This is not word 3. Look at your paper again.')).toBeVisible()
  await expect.element(page.getByText('This is not word 11. Look at your paper again.')).toBeVisible()
  await expect.element(page.getByText('This is not word 20. Look at your paper again.')).not.toBeInTheDocument()
  await page.getByLabelText('Word 3').fill('garden')
  await page.getByLabelText('Word 11').fill(' Bright ')
  await button('Confirm').click()
  await expect.element(page.getByText('Your recovery kit is confirmed.')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: /Ada|Maria/, level: 1 })).toBeVisible()
  expect(session.vaultState.value).toMatchObject({ kitConfirmed: true })
})

test('the kit may wait, but is asked for on every page', async () => {
  drawApp('/kit', new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true }))
  await button('Do this later').click()
  await expect.element(page.getByText(/Your recovery kit is not confirmed yet/)).toBeVisible()
  await page.getByRole('link', { name: 'Finish it now' }).click()
  await expect.element(heading('Your recovery kit')).toBeVisible()
})

test('a kit that cannot be confirmed for want of space says so and keeps what was typed', async () => {
  const session = new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true })
  drawApp('/kit', session)
  await button('I have the words on paper').click()
  for (const position of [3, 11, 20]) await page.getByLabelText(`Word ${position}`).fill(FAKE_WORDS[position - 1] ?? '')
  session.nextKitFailure = { kind: 'not-stored', why: 'quota' }
  await button('Confirm').click()
  await expect.element(page.getByRole('alert').getByText(/no space left/)).toBeVisible()
  await expect.element(page.getByLabelText('Word 11')).toHaveValue('bright')
  await button('Confirm').click()
  await expect.element(page.getByText('Your recovery kit is confirmed.')).toBeVisible()
})

test('a wrong passphrase is said beside the field, which keeps the focus', async () => {
  const session = new FakeSession(LOCKED)
  drawApp('/settings', session)
  const field = page.getByLabelText('Passphrase', { exact: true })
  await field.fill('something else')
  await button('Unlock').click()
  await expect.element(page.getByText(/This is not the passphrase/)).toBeVisible()
  await expect.element(field).toHaveFocus()
  await field.fill(FAKE_PASSPHRASE)
  await button('Unlock').click()
  await expect.element(heading('Settings')).toBeVisible()
})

test('recovery names the wrong word and takes the suggestion', async () => {
  const session = new FakeSession(EMPTY)
  drawApp('/recover', session)
  await page.getByLabelText('The 24 words').fill(FAKE_WORDS.join(' ').replace('velvet', 'velvit'))
  await page.getByLabelText('New passphrase', { exact: true }).fill('lamp orbit garden velvet')
  await button('Bring back my record').click()
  await expect.element(page.getByText('Word 4 is not in the list.')).toBeVisible()
  await button('Use “velvet” as word 4').click()
  await expect.element(page.getByText('All 24 words are right.')).toBeVisible()
  await button('Bring back my record').click()
  await expect.poll(() => session.vaultState.value.kind).toBe('open')
})

test('a device that cannot show the unconfirmed kit says which one can', async () => {
  drawApp('/', new FakeSession({ ...OPEN, kitConfirmed: false }))
  await expect.element(page.getByText(/Confirm it on the device where you made this record/)).toBeVisible()
  expect(page.getByText('Finish it now').elements()).toHaveLength(0)
})

test('recovery asks before it deletes a copy that stands in the way', async () => {
  const session = new FakeSession(LOCKED)
  session.nextRecoverFailure = { kind: 'already-there' }
  drawApp('/recover', session)
  await page.getByLabelText('The 24 words').fill(FAKE_WORDS.join(' '))
  await page.getByLabelText('New passphrase', { exact: true }).fill('lamp orbit garden velvet')
  await button('Bring back my record').click()
  await expect.element(page.getByRole('dialog').getByText(/never backed up are lost/)).toBeVisible()
  expect(session.vaultState.value.kind).toBe('locked')
  await button('Bring back and replace').click()
  await expect.poll(() => session.vaultState.value.kind).toBe('open')
})

test('pairing: the new device shows code, words and digits', async () => {
  const session = new FakeSession(EMPTY)
  drawApp('/pair', session)
  await page.getByLabelText('New passphrase', { exact: true }).fill('lamp orbit garden velvet')
  await button('Show the code').click()
  await expect.element(page.getByRole('img', { name: 'QR code for the other device' })).toBeVisible()
  await expect.element(page.getByText('violin')).toBeVisible()
  session.pairing.set({ kind: 'compare', digits: FAKE_DIGITS, deviceName: '', role: 'new' })
  await expect.element(page.getByRole('img', { name: 'Six digits: 4 8 2 9 1 3' })).toBeVisible()
  await button('They differ').click()
  await expect.element(page.getByRole('alert').getByText(/this device took nothing over/)).toBeVisible()
})

test('pairing: the old device refuses mistyped words, then asks about the digits', async () => {
  const session = new FakeSession()
  drawApp('/devices/add', session)
  const words = page.getByLabelText('The eight words')
  await words.fill('not these')
  await button('Connect').click()
  await expect.element(words).toHaveAccessibleDescription(/There are 2 words; the other device shows eight/)
  await expect.element(words).toHaveValue('not these')
  const typed = FAKE_PAIRING_WORDS.join('  ').toUpperCase()
  await words.fill(typed.replace('MARBLE', 'MARBEL').replace('EMBER', 'EMBRE'))
  await expect.element(words).not.toHaveAccessibleDescription(/the other device shows/)
  await button('Connect').click()
  await expect.element(words).toHaveAccessibleDescription(/Word 3 is not in the list\. Word 8 is not in the list\./)
  await button('Use “marble” as word 3').click()
  await expect.element(words).not.toHaveAccessibleDescription(/Word 3/)
  await button('Use “ember” as word 8').click()
  await expect.element(words).not.toHaveAccessibleDescription(/not in the list/)
  await button('Connect').click()
  await expect.element(page.getByText('The device calls itself “Laptop”.')).toBeVisible()
  await button('Yes, they are the same').click()
  await unlockAgain('not it', 'Let it in')
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  expect(session.pairing.value.kind).toBe('compare')
  expect(await axeFindings(document.body)).toEqual([])
  await unlockAgain(FAKE_PASSPHRASE, 'Let it in')
  await expect.element(page.getByText('The device is connected')).toBeVisible()
})

test('pairing: words that nobody shows stay in their box', async () => {
  drawApp('/devices/add', new FakeSession())
  const words = page.getByLabelText('The eight words')
  const swapped = FAKE_PAIRING_WORDS.toReversed().join(' ')
  await words.fill(swapped)
  await button('Connect').click()
  await expect.element(words).toHaveAccessibleDescription(/No device shows these eight words/)
  await expect.element(words).toHaveValue(swapped)
})

test('the scanner shows no black picture where there is no camera, whatever picture is chosen', async () => {
  drawApp('/devices/add', new FakeSession())
  await button('Scan its code').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText(/No camera was found|The camera may not be used/)).toBeVisible()
  await userEvent.upload(dialog.getByLabelText('Choose a picture of it'), new File(['no picture'], 'cat.png'))
  await expect.element(dialog.getByText('No code was found in this picture.')).toBeVisible()
  expect(document.querySelector('video')).toBeNull()
})

test('an empty passphrase is asked for and not tried', async () => {
  const session = new FakeSession(LOCKED)
  let tries = 0
  session.unlock = async () => {
    tries += 1
    return { ok: false, failure: { kind: 'wrong-passphrase' } }
  }
  drawApp('/', session)
  const field = page.getByLabelText('Passphrase', { exact: true })
  await button('Unlock').click()
  await expect.element(field).toHaveAccessibleDescription(/Type your passphrase first/)
  await expect.element(field).toHaveFocus()
  expect(tries).toBe(0)
  await field.fill('something')
  await expect.element(field).not.toHaveAccessibleDescription(/Type your passphrase first/)
  await button('Unlock').click()
  await expect.poll(() => tries).toBe(1)
})

test('a device is renamed and another removed, after saying what that means', async () => {
  const session = new FakeSession()
  drawApp('/devices', session)
  await expect.element(page.getByText(/^Last seen: /)).toBeVisible()
  await expect.element(page.getByText(/the day on which a device last sent something/)).toBeVisible()
  await button('Rename Kitchen tablet').click()
  await page.getByLabelText('Name of the device').fill('Old tablet')
  await button('Save').click()
  await button('Remove Old tablet').click()
  await expect.element(page.getByRole('dialog').getByText(/All keys of your record are changed/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect.element(page.getByText('Being removed: the keys are changing')).toBeVisible()
})

test('the language changes at once, with its direction, and stays for the lock screen', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  await page.getByLabelText('Language', { exact: true }).selectOptions('العربية')
  await expect.element(heading('الإعدادات')).toBeVisible()
  expect(document.documentElement.dir).toBe('rtl')
  expect(session.settings.value.language).toBe('ar')
  await session.lock()
  await expect.element(heading('أهلًا بعودتك')).toBeVisible()
})

test('theme and text size are on the page and in the settings', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  await page.getByText('Dark', { exact: true }).click()
  await page.getByText('Larger', { exact: true }).click()
  await expect.poll(() => document.documentElement.dataset['textSize']).toBe('larger')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(session.settings.value).toMatchObject({ theme: 'dark', textSize: 'larger' })
})

test('everything is deleted only after the word was typed', async () => {
  const session = new FakeSession()
  session.status.set({ ...session.status.value, kind: 'waiting', waitingCount: 2 })
  drawApp('/settings', session)
  await button('Delete everything').click()
  await expect.element(page.getByText('2 changes are not backed up and will be lost.')).toBeVisible()
  const act = button('Delete everything on this device')
  await expect.element(act).toBeDisabled()
  await page.getByLabelText('Type “delete” to confirm').fill('Delete')
  await act.click()
  await expect.poll(() => session.vaultState.value.kind).toBe('empty')
})

test('who has other devices chooses whether the server’s copy goes too, with the passphrase; out of reach, nothing goes', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  await button('Delete everything').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Here and at the server').click()
  await dialog.getByLabelText('Type “delete” to confirm').fill('delete')
  const act = dialog.getByRole('button', { name: 'Delete it here and at the server' })
  expect(await axeFindings(document.body)).toEqual([])
  await dialog.getByLabelText('Your passphrase').fill('not it')
  await act.click()
  await expect.element(dialog.getByText('This is not your passphrase.')).toBeVisible()
  session.status.set({ ...session.status.value, link: { kind: 'offline' } })
  await dialog.getByLabelText('Your passphrase').fill(FAKE_PASSPHRASE)
  await act.click()
  await expect.element(dialog.getByText(/nothing was deleted on this device/)).toBeVisible()
  expect(session.vaultState.value.kind).toBe('open')
  session.status.set({ ...session.status.value, link: { kind: 'online' } })
  await dialog.getByLabelText('Your passphrase').fill(FAKE_PASSPHRASE)
  await act.click()
  await expect.poll(() => session.vaultState.value.kind).toBe('empty')
})

test('the status is on every page and its sheet says what is wrong', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  await expect.element(button('Backed up')).toBeVisible()
  session.status.set({
    kind: 'waiting',
    waitingCount: 3,
    link: { kind: 'offline' },
    problems: [{ kind: 'relay-full' }],
  })
  await button(/1 thing to look at/).click()
  await expect.element(page.getByRole('dialog').getByText(/The backup is full/)).toBeVisible()
  await expect.element(page.getByRole('dialog').getByText(/3 changes are saved here and wait/)).toBeVisible()
})

test('a sample record says so and goes with one press; an update waits for a word', async () => {
  const session = new FakeSession({ ...OPEN, isSample: true })
  const app = drawApp('/settings', session)
  app.showUpdate()
  await button('Use it now').click()
  expect(app.updates()).toBe(1)
  await button('Delete it').click()
  await expect.element(heading('Your health record, in your own hands')).toBeVisible()
})

test('a new version says what it costs before it starts, and never takes what is being typed', async () => {
  const app = drawApp('/add/note', new FakeSession())
  app.showUpdate()
  await button('Use it now').click()
  await expect.element(page.getByRole('dialog').getByText(/you unlock it with your passphrase/)).toBeVisible()
  expect(page.getByText(/did not save will be lost/).query()).toBeNull()
  await button('Cancel').click()

  await page.getByRole('textbox').first().fill('Half a thought')
  await button('Use it now').click()
  await expect.element(page.getByText(/did not save will be lost/)).toBeVisible()
  expect(app.updates()).toBe(0)
  await button('Cancel').click()
  app.takeUpdate()
  await expect.element(page.getByText(/Another tab has started a new version/)).toBeVisible()
  expect(app.reloads()).toBe(0)
  await expect.element(page.getByRole('textbox').first()).toHaveValue('Half a thought')
  await button('Use it now').click()
  await button('Start it').click()
  expect(app.reloads()).toBe(1)
})

test('a tab where nothing is being typed follows another one to the new version by itself', async () => {
  const app = drawApp('/settings', new FakeSession())
  await expect.element(heading('Settings')).toBeVisible()
  app.takeUpdate()
  expect(app.reloads()).toBe(1)
})

test('what was said of the record goes when it is locked', async () => {
  const session = new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true })
  drawApp('/add/note', session)
  await page.getByLabelText('Title').fill('Ask about sleep')
  await page.getByLabelText('Your note').fill('Since October')
  await button('Save').click()
  await expect.element(button('Undo')).toBeVisible()
  await session.lock()
  await expect.element(heading('Welcome back')).toBeVisible()
  await expect.poll(() => button('Undo').elements().length).toBe(0)
})

test('with text twice as large the bar of a phone leaves the page most of the window', async () => {
  document.documentElement.style.fontSize = '200%'
  drawApp('/settings', new FakeSession())
  await expect.element(heading('Settings')).toBeVisible()
  expect(page.getByRole('banner').element().getBoundingClientRect().height).toBeLessThan(140)
  document.documentElement.style.fontSize = ''
})

test('somebody at the screen puts off the auto-lock', async () => {
  const session = new FakeSession()
  drawApp('/settings', session)
  await heading('Settings').click()
  await heading('Settings').click()
  expect(session.touches).toBe(1)
})

const PAGES = [
  ['/', EMPTY, 'Your health record, in your own hands'],
  ['/create', EMPTY, 'Create my record'],
  ['/recover', EMPTY, 'Bring back my record'],
  ['/pair', EMPTY, 'Connect with another device'],
  ['/', LOCKED, 'Welcome back'],
  ['/kit', { ...OPEN, kitConfirmed: false, kitIsHere: true }, 'Your recovery kit'],
  ['/devices', OPEN, 'My devices'],
  ['/devices/add', OPEN, 'Add a device'],
  ['/settings', OPEN, 'Settings'],
  ['/nowhere', OPEN, 'There is no such page'],
] as const

test.each(PAGES)('%s while %o has no axe findings and no sideways scrolling at 320 px', async (path, state, title) => {
  await page.viewport(320, 640)
  const { root } = drawApp(path, new FakeSession(state))
  await expect.element(heading(title)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
})
