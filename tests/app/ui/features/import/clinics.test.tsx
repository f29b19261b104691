import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FAKE_CLINIC } from '#tests/support/fake-clinics.ts'
import { FAKE_PASSPHRASE, FakeSession, OPEN } from '#tests/support/fake-session.ts'

/** The page, what the window waits for, and what it is sent. */
function drawClinics(session = new FakeSession()) {
  const waiting = new Set<(answer: string) => boolean>()
  const drawn = drawPage('/clinics', session, {
    awaitClinic(take) {
      waiting.add(take)
      return () => waiting.delete(take)
    },
  })
  /** Whether anybody here waited for it. */
  const send = (answer: string) => [...waiting].map(take => take(answer)).includes(true)
  return { ...drawn, session, send }
}

async function begin(session: FakeSession): Promise<void> {
  await page.getByLabelText('Address of the clinic’s FHIR server').fill('fhir.clinic.example/r4')
  await page.getByLabelText('Client ID').fill('wellkeep')
  await page.getByRole('button', { name: 'Ask fhir.clinic.example' }).click()
  await page.getByLabelText('Your passphrase', { exact: true }).fill(session.passphrase)
  await page.getByRole('button', { name: 'Go on to signing in' }).click()
}

test('a clinic is asked by a button that names its host, and signed in at in a window that learns nothing', async () => {
  const { session, root } = drawClinics()
  await begin(session)
  const link = page.getByRole('link', { name: 'Sign in at login.clinic.example' })
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect.element(link).toHaveAttribute('target', '_blank')
  expect(await axeFindings(root)).toEqual([])
})

test('bad input gets a sentence, and nobody is asked', async () => {
  drawClinics()
  await page.getByLabelText('Address of the clinic’s FHIR server').fill('http://fhir.clinic.example')
  await page.getByRole('button', { name: 'Ask the server' }).click()
  await expect.element(page.getByText(/is without encryption on the way/)).toBeVisible()
  await expect.element(page.getByText('Please fill this in.')).toBeVisible()
  await page.getByLabelText('Client ID').fill('two words')
  await expect.element(page.getByText(/A client ID has no spaces/)).toBeVisible()
})

test('what the server says against it is told, and the form keeps what was typed', async () => {
  const { session } = drawClinics()
  session.nextClinicFailure = 'no-pkce'
  await page.getByLabelText('Address of the clinic’s FHIR server').fill('fhir.clinic.example/r4')
  await page.getByLabelText('Client ID').fill('wellkeep')
  await page.getByRole('button', { name: 'Ask fhir.clinic.example' }).click()
  await expect.element(page.getByText(/does not offer the protection/)).toBeVisible()
  await expect.element(page.getByLabelText('Client ID')).toHaveValue('wellkeep')
})

test('only an answer to what was begun here is taken, from another window or by hand', async () => {
  const { session, send } = drawClinics()
  expect(send('code=c&state=a-state-of-some-length')).toBe(false)
  await begin(session)
  await expect.element(page.getByRole('link', { name: /^Sign in at/ })).toBeVisible()
  expect(send('code=c&state=another')).toBe(false)
  expect(session.answers).toEqual([])
  await page.getByText('Answer from the clinic').first().click()
  await page.getByRole('textbox', { name: 'Answer from the clinic' }).fill('nothing of the kind')
  await page.getByRole('button', { name: 'Use the answer' }).click()
  await expect.element(page.getByText(/This is not what the window showed/)).toBeVisible()
  expect(send('code=c&state=a-state-of-some-length')).toBe(true)
  await expect.element(page.getByRole('heading', { name: 'Riverside Clinic is connected' })).toBeVisible()
  expect(session.answers).toEqual(['code=c&state=a-state-of-some-length'])
})

test('what was fetched is looked over, with what did not come and why, and brought in', async () => {
  const session = new FakeSession()
  session.clinics.set({ clinics: [FAKE_CLINIC], begun: [] })
  const { root } = drawClinics(session)
  await expect.element(page.getByText('Nothing was fetched yet.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Fetch from fhir.clinic.example' }).click()
  await expect.element(page.getByText(/The files of 2 documents were not fetched/)).toBeVisible()
  expect(session.fetches).toEqual([['c1', 'new']])
  await page.getByRole('button', { name: /^Bring in 128/ }).click()
  await expect.element(page.getByRole('heading', { name: '128 entries were brought in' })).toBeVisible()
})

test('a clinic that lets nobody in any more leads back to signing in, with what is known filled in', async () => {
  const session = new FakeSession()
  session.clinics.set({ clinics: [{ ...FAKE_CLINIC, mustSignIn: true }], begun: [] })
  drawClinics(session)
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect.element(page.getByLabelText('Client ID')).toHaveValue('wellkeep')
  expect(page.getByRole('button', { name: /^Fetch/ }).elements()).toHaveLength(0)
  await page.getByRole('button', { name: 'Ask fhir.clinic.example' }).click()
  await expect.element(page.getByRole('heading', { name: 'fhir.clinic.example lets apps be connected.' })).toBeVisible()
})

test('disconnecting names whom it asks, and says what came of it', async () => {
  const session = new FakeSession()
  session.clinics.set({ clinics: [FAKE_CLINIC], begun: [] })
  drawClinics(session)
  await page.getByRole('button', { name: 'Disconnect: Riverside Clinic' }).click()
  await expect.element(page.getByText('Then login.clinic.example is asked to end it there, too.')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect.element(page.getByText('Disconnected. The clinic ended it too.')).toBeVisible()
  await expect.element(page.getByText('No clinic is connected on this device.')).toBeVisible()
})

test('a sample offers no connection', async () => {
  drawClinics(new FakeSession({ ...OPEN, isSample: true }))
  await expect.element(page.getByText(/a sample keeps nobody’s secrets/)).toBeVisible()
  expect(page.getByRole('textbox').elements()).toHaveLength(0)
})

test('a wrong passphrase begins nothing', async () => {
  const session = new FakeSession()
  drawClinics(session)
  session.passphrase = `${FAKE_PASSPHRASE}, another`
  await page.getByLabelText('Address of the clinic’s FHIR server').fill('fhir.clinic.example/r4')
  await page.getByLabelText('Client ID').fill('wellkeep')
  await page.getByRole('button', { name: 'Ask fhir.clinic.example' }).click()
  await page.getByLabelText('Your passphrase', { exact: true }).fill(FAKE_PASSPHRASE)
  await page.getByRole('button', { name: 'Go on to signing in' }).click()
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  expect(session.clinics.value.begun).toEqual([])
})
