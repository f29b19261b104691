import { render } from 'solid-js/web'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { ViewPage } from '#app/ui/features/view/view-page.tsx'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings } from '#tests/support/draw.tsx'
import { fakePdf, plainJpeg } from '#tests/support/photos.ts'

type Door = Parameters<typeof ViewPage>[0]['door']

const INFO = {
  host: 'relay.example',
  label: 'For Dr. Weber',
  needsPasscode: true,
  isLongTerm: false,
  expiresAt: instant(Date.UTC(2026, 11, 24, 12)),
}

const section = (loinc: string, title: string, words: string) => ({
  title,
  code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${words}</p></div>` },
})
const SUMMARY = JSON.stringify({
  resourceType: 'Bundle',
  type: 'document',
  entry: [
    {
      resource: {
        resourceType: 'Composition',
        title: 'International Patient Summary',
        date: '2026-11-26T10:00:00Z',
        section: [
          section('11450-4', 'Problems', 'Asthma'),
          section('10160-0', 'Medicines', 'Salbutamol <script>alert(1)</script>'),
          section('48765-2', 'Allergies', 'Penicillin'),
          section('10162-6', 'Pregnancy', 'None'),
        ],
      },
    },
    { resource: { resourceType: 'Patient', name: [{ text: 'Ana Lima' }], birthDate: '1961-02-03' } },
  ],
})

function draw(door: Partial<Door> = {}) {
  const root = document.createElement('div')
  document.body.append(root)
  const open = vi.fn<Door['open']>(async () => ok([SUMMARY]))
  const stop = render(() => <ViewPage door={{ link: ok(INFO), open, ...door }} />, root)
  onTestFinished(() => {
    stop()
    root.remove()
  })
  return { root, open }
}

const openIt = () => page.getByRole('button', { name: 'Open the summary' }).click()

test('whoever opens a link says a name and the passcode first, and then sees what must not be overlooked first', async () => {
  const { root, open } = draw()
  await expect.element(page.getByText('For Dr. Weber')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await openIt()
  await expect.element(page.getByText('Type a name', { exact: false })).toBeVisible()
  await expect.element(page.getByText('This link asks for a passcode.')).toBeVisible()
  expect(open).not.toHaveBeenCalled()
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await page.getByLabelText('Passcode').fill('4711')
  await openIt()
  expect(open).toHaveBeenCalledWith({ recipient: 'Dr. Weber', passcode: '4711' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Ana Lima' })).toHaveFocus()
  await expect.element(page.getByText('Born February 3, 1961')).toBeVisible()
  await expect.element(page.getByText('No clinic has signed it', { exact: false })).toBeVisible()
  const titles = [...root.querySelectorAll('h3')].map(title => title.textContent)
  expect(titles).toEqual(['Allergies', 'Problems', 'Medicines', 'Pregnancy'])
  expect(root.querySelector('script')).toBeNull()
  expect(await axeFindings(root)).toEqual([])
})

test('a wrong passcode says how many tries are left, and what was typed stays', async () => {
  draw({ open: async () => fail({ kind: 'link', why: 'passcode', triesLeft: 2 }) })
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await page.getByLabelText('Passcode').fill('0000')
  await openIt()
  await expect.element(page.getByText('The passcode is wrong. 2 tries are left.')).toBeVisible()
  await expect.element(page.getByLabelText('Your name or practice')).toHaveValue('Dr. Weber')
})

test('of a link that is kept up to date the page says when it last changed, and looks again with what was typed', async () => {
  const newer = SUMMARY.replace('2026-11-26T10', '2026-11-27T10').replace('Asthma', 'Eczema')
  const answers = [ok([SUMMARY]), ok([SUMMARY]), ok([newer]), fail({ kind: 'link', why: 'gone' } as const)]
  const open = vi.fn<Door['open']>(async () => answers.shift() ?? fail({ kind: 'link', why: 'gone' }))
  const { root } = draw({ link: ok({ ...INFO, isLongTerm: true }), open })
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await page.getByLabelText('Passcode').fill('4711')
  await openIt()
  const again = page.getByRole('button', { name: 'Look for a newer one' })
  await expect.element(page.getByText(/It last changed on .*26/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await again.click()
  await expect.element(page.getByText('There is nothing newer.')).toBeVisible()
  await again.click()
  await expect.element(page.getByText('This is the newest now.')).toBeVisible()
  await expect.element(page.getByText('Eczema')).toBeVisible()
  await expect.element(page.getByText(/It last changed on .*27/)).toBeVisible()
  expect(open).toHaveBeenLastCalledWith({ recipient: 'Dr. Weber', passcode: '4711' })
  await again.click()
  await expect.element(page.getByText('There is nothing behind this link any more', { exact: false })).toBeVisible()
  await expect.element(page.getByText('Eczema')).toBeVisible()
})

test('a summary that stays as it is offers no newer one', async () => {
  draw()
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await page.getByLabelText('Passcode').fill('4711')
  await openIt()
  await expect.element(page.getByText('Asthma')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Look for a newer one' })).not.toBeInTheDocument()
})

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const withFiles = JSON.stringify({
  ...JSON.parse(SUMMARY),
  entry: [
    ...JSON.parse(SUMMARY).entry,
    {
      resource: {
        resourceType: 'DocumentReference',
        description: 'Vaccination book',
        content: [
          { attachment: { contentType: 'text/html', data: base64(plainJpeg()), title: 'book.jpg' } },
          { attachment: { contentType: 'application/pdf', data: base64(fakePdf(300)), title: '../run.html' } },
          { attachment: { contentType: 'application/pdf', title: 'kept back.pdf' } },
        ],
      },
    },
    {
      resource: {
        resourceType: 'DocumentReference',
        content: [{ attachment: { contentType: 'application/fhir+json', data: 'e30=' } }],
      },
    },
  ],
})

test('files that go along are listed, pictures drawn, and each is saved as what it is; what was kept back is not there', async () => {
  const { root } = draw({ link: ok({ ...INFO, needsPasscode: false }), open: async () => ok([withFiles]) })
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await openIt()
  await expect.element(page.getByRole('heading', { name: 'Files that go along' })).toBeVisible()
  const picture = page.getByRole('img', { name: 'Vaccination book: book.jpg' })
  await expect.poll(() => (picture.element() as HTMLImageElement).naturalWidth).toBe(1)
  expect(root.querySelectorAll('ol li')).toHaveLength(2)
  const links: HTMLAnchorElement[] = []
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    links.push(this)
  })
  onTestFinished(() => click.mockRestore())
  await page.getByRole('button', { name: 'Save a copy of Vaccination book: ../run.html' }).click()
  const [link] = links
  const blob = await (await fetch(link?.href ?? '')).blob()
  expect([link?.download, blob.type]).toEqual(['.. run.html.pdf', 'application/pdf'])
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(fakePdf(300))
  expect(await axeFindings(root)).toEqual([])
})

test('a link of another host, or none, says so and asks nobody', async () => {
  const { open } = draw({ link: fail({ kind: 'foreign', host: 'clinic.example' }) })
  await expect.element(page.getByText('This link belongs to clinic.example', { exact: false })).toBeVisible()
  draw({ link: fail({ kind: 'link', why: 'unreadable' }) })
  await expect.element(page.getByText('This is not a SMART Health Link', { exact: false })).toBeVisible()
  expect(open).not.toHaveBeenCalled()
})

test('what is no summary can still be downloaded', async () => {
  draw({
    link: ok({ ...INFO, needsPasscode: false }),
    open: async () => ok(['{"resourceType":"Condition"}', 'rubbish']),
  })
  await page.getByLabelText('Your name or practice').fill('Dr. Weber')
  await openIt()
  await expect.element(page.getByText('nothing that this page can show', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Download (FHIR)' })).toBeVisible()
})
