import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { OutLink } from '#app/core/out-link-session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

async function signAndMake(passphrase = FAKE_PASSPHRASE): Promise<void> {
  await page.getByLabelText('Your passphrase', { exact: true }).fill(passphrase)
  await make().click()
}

const make = () => page.getByRole('button', { name: 'Make a link', exact: true }).first()

const LINK: OutLink = {
  linkId: 'l1',
  address: 'https://relay.example/view#shlink:/eyJ1cmwi',
  label: 'For Dr. Weber',
  sections: ['problems', 'medicines'],
  files: [],
  madeAt: instant(Date.UTC(2026, 10, 20)),
  expiresAt: instant(Date.UTC(2026, 11, 20)),
  hasPasscode: true,
  standing: 'open',
  opens: 2,
  openings: [
    { at: instant(Date.UTC(2026, 10, 21, 9)), recipient: '' },
    { at: instant(Date.UTC(2026, 10, 20, 9)), recipient: 'Dr. Weber' },
  ],
}

test('a person chooses parts, time, passcode and name, looks through it, and gets a code and a link', async () => {
  const session = new FakeSession()
  const first = session.entries.find(entry => entry.summary.section === 'problems')
  await session.makePrivate(first === undefined ? [] : [first.summary.id])
  const { root } = drawPage('/take-out/link', session)
  await expect.element(page.getByText('One private entry stays out, always.')).toBeVisible()
  const hidden = first?.summary.title ?? ''
  await page.getByText(/^Look through it/).click()
  await expect.element(page.getByRole('list').first()).toBeVisible()
  await expect.element(page.getByText(hidden, { exact: true })).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
  await page.getByText('30 days').click()
  await page.getByLabelText('Passcode, at least four characters').fill('4711')
  await page.getByLabelText('How often can it be opened?').selectOptions('Once')
  await page.getByLabelText(/What is it for/).fill('For Dr. Weber')
  await make().click()
  await signAndMake('not it')
  await expect.element(page.getByText('This is not your passphrase.')).toBeVisible()
  await signAndMake()
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  await expect.element(page.getByText('Passcode: 4711')).toBeVisible()
  await expect.element(page.getByRole('heading', { level: 1, name: 'Your link is ready' })).toHaveFocus()
  await expect.element(page.getByLabelText('Link', { exact: true })).toHaveValue(session.links[0]!.address)
  expect(session.madeLink).toMatchObject({
    passcode: '4711',
    maxOpens: 1,
    label: 'For Dr. Weber',
    origin: location.origin,
  })
  expect(await axeFindings(root)).toEqual([])
})

const pdf = (name: string, size: number) => new File([new Uint8Array(size)], name, { type: 'application/pdf' })
const paper = (name: string, size: number, isPrivate = false) => ({
  files: [{ file: pdf(name, size), name }],
  title: name,
  keepAsIs: false,
  isPrivate,
})

test('no file goes along unless it is ticked; sizes are said, more than fits is not sent, and nothing private is offered', async () => {
  const session = new FakeSession()
  await session.addPaper(paper('X-ray', 400_000))
  await session.addPaper(paper('Film', 5_200_000))
  await session.addPaper(paper('Secret', 1000, true))
  const { root } = drawPage('/take-out/link', session)
  await page.getByText('Choose: none ticked').click()
  await expect.element(page.getByText('One file, 0.4 MB')).toBeVisible()
  await expect.element(page.getByText('Secret')).not.toBeInTheDocument()
  await page.getByText('Film', { exact: true }).click()
  await expect.element(page.getByText('These are 5.2 MB together.', { exact: false })).toBeVisible()
  await make().click()
  await expect.element(page.getByText('Choose fewer parts or files.', { exact: false })).toBeVisible()
  await page.getByText('Film', { exact: true }).click()
  await page.getByText('X-ray', { exact: true }).click()
  await expect.element(page.getByText('0.4 of 5 MB')).toBeVisible()
  await expect.element(page.getByText('With the files of one document')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await make().click()
  await signAndMake()
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  const [xray] = await session.entryFiles()
  expect(session.madeLink?.files).toEqual([xray?.entry.id])
})

test('a PDF from this device becomes a document of the record and is ticked; why it did not is said', async () => {
  const session = new FakeSession()
  drawPage('/take-out/link', session)
  await page.getByText('Choose: none ticked').click()
  await page.getByRole('button', { name: 'None', exact: true }).click()
  const add = (file: File) => userEvent.upload(page.getByLabelText('Add a PDF or photo'), file)
  session.nextPaperFailure = { kind: 'paper-type', name: 'odd.txt' }
  await add(pdf('odd.txt', 10))
  await expect.element(page.getByText('odd.txt is not a PDF', { exact: false })).toBeVisible()
  await add(pdf('For the doctor.pdf', 300_000))
  await expect.element(page.getByText('Saved as a document, and ticked.')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: /^For the doctor/ })).toBeChecked()
  expect(session.papersAsked.at(-1)).toMatchObject({ title: 'For the doctor', keepAsIs: false, isPrivate: false })
  await make().click()
  await signAndMake()
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  const [added] = await session.entryFiles()
  expect(session.madeLink?.files).toEqual([added?.entry.id])
})

test('the list says with how many documents’ files a link goes', async () => {
  const session = new FakeSession()
  session.links = [{ ...LINK, files: ['documents.e1.0.0', 'documents.e2.0.0'] as never }]
  drawPage('/take-out/links', session)
  await expect.element(page.getByText('With the files of 2 documents')).toBeVisible()
})

test('without the tick there is no passcode, and a refusal says what to do and keeps what was chosen', async () => {
  const session = new FakeSession()
  drawPage('/take-out/link', session)
  await page.getByText('Ask for a passcode').click()
  await page.getByRole('button', { name: 'None', exact: true }).click()
  await make().click()
  await expect.element(page.getByText('Nothing is chosen. Tick at least one part.')).toBeVisible()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  session.nextOutLinkFailure = { kind: 'unreachable' }
  await make().click()
  await signAndMake()
  await expect.element(page.getByText('The server cannot be reached', { exact: false })).toBeVisible()
  await signAndMake()
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  expect(session.madeLink).not.toHaveProperty('passcode')
})

test('the list says how each link stands and who said to have opened it; it is paused, armed and ended there', async () => {
  const session = new FakeSession()
  session.links = [LINK]
  const { root } = drawPage('/take-out/links', session)
  await expect.element(page.getByText('Can be opened with the passcode')).toBeVisible()
  await page.getByText('Opened 2 times').click()
  await expect.element(page.getByText(/: Dr\. Weber$/)).toBeVisible()
  await expect.element(page.getByText(/: no name$/)).toBeVisible()
  await expect.element(page.getByText('Nobody checked them.', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Show the code' }).click()
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect.element(page.getByText('Paused: opens for nobody')).toBeVisible()
  await page.getByRole('button', { name: 'Let it open again' }).click()
  await unlockAgain(FAKE_PASSPHRASE, 'Let it open again')
  await expect.element(page.getByText('Can be opened with the passcode')).toBeVisible()
  await page.getByRole('button', { name: 'End it' }).click()
  session.nextOutLinkFailure = { kind: 'unreachable' }
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await expect
    .element(page.getByRole('dialog').getByText('The server cannot be reached', { exact: false }))
    .toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await expect.element(page.getByText('You have not made a link yet.')).toBeVisible()
})

test('a link is kept up to date where that is ticked, and says so', async () => {
  const session = new FakeSession()
  drawPage('/take-out/link', session)
  await page.getByText('Keep it up to date').click()
  await make().click()
  await signAndMake()
  await expect.element(page.getByText('It is kept up to date until it ends.')).toBeVisible()
  expect(session.madeLink).toMatchObject({ isLiving: true })
})

test('the list says whether a link is kept up to date, when it last changed, and what keeps the newest out', async () => {
  const session = new FakeSession()
  const living = { ...LINK, refreshedAt: instant(Date.UTC(2026, 10, 24, 12)), refreshProblem: 'unreachable' } as const
  session.links = [living, { ...LINK, linkId: 'l2', label: 'Once' }]
  const { root } = drawPage('/take-out/links', session)
  await expect.element(page.getByText(/^Kept up to date. Last changed on .*24/)).toBeVisible()
  await expect.element(page.getByText('The newest changes are not in it yet', { exact: false })).toBeVisible()
  await expect.element(page.getByText(/^As it was on .*20/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('how a link stands when the server cannot be reached is said to be unknown', async () => {
  const session = new FakeSession()
  session.links = [{ ...LINK, label: '', standing: 'unknown', opens: 0, openings: [] }]
  drawPage('/take-out/links', session)
  await expect.element(page.getByText('Link without a name')).toBeVisible()
  await expect.element(page.getByText('how it stands is not known', { exact: false })).toBeVisible()
  await expect.element(page.getByText('Nobody has opened it')).not.toBeInTheDocument()
})
