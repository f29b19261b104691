import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, contactOf, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const HOSTILE = [
  '# Your knee',
  '<img src=x onerror="alert(1)"><svg onload=alert(1)></svg>',
  '![far](https://evil.example/track.gif) [bad](javascript:alert(1)) [the page](https://example.org/knee)',
  '![Bend it](bend.png)',
].join('\n\n')

function sent(data: object, detail: Parameters<typeof requestOf>[1] = {}) {
  return requestOf('material', {
    title: 'Knee',
    state: 'sent',
    waitsFor: 'you',
    history: [stepOf('send', { title: 'Knee', ...data }, { by: BEA, role: 'provider' })],
    next: ['understand', 'ask'],
    ...detail,
  })
}

test.each(['en', 'ar'] as const)(
  'what somebody gave to read is drawn without HTML, fetches nothing from elsewhere, and a link says who learns of it (%s)',
  async language => {
    const session = messagesSession()
    await drawnNarrow(session, language)
    const fileId = FileId.parse('ab'.repeat(FileId.size))!
    const request = sent({ text: HOSTILE, files: [{ fileId, name: 'bend.png', type: 'image/png', bytes: 5_000_000 }] })
    session.request.set(request)
    const { root } = drawPage(pathOf(request), session)
    await expect.element(page.getByRole('heading', { name: 'Your knee' })).toBeVisible()
    await expect.element(page.getByText('<img src=x onerror="alert(1)"><svg onload=alert(1)></svg>')).toBeVisible()
    expect(root.querySelectorAll('img')).toHaveLength(0)
    expect([...root.querySelectorAll('a')].filter(({ href }) => !href.startsWith(location.origin))).toEqual([])
    await page.getByRole('button', { name: 'the page' }).click()
    const link = root.querySelector('a[href="https://example.org/knee"]')
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer')
    expect(isWithinWidth()).toBe(true)
    expect(await axeFindings(root)).toEqual([])
  },
)

test('whoever was given it says that they understood it, or asks back', async () => {
  const session = messagesSession()
  const request = sent({ address: 'https://example.org/knee' })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await button('Please explain…').click()
  await button('Send').click()
  await expect.element(page.getByText('This is needed.')).toBeVisible()
  await page.getByLabelText('What should be explained?').fill('How far?')
  await button('Send').click()
  await expect.poll(() => session.steps).toMatchObject([{ kind: 'ask', data: { question: 'How far?' } }])
  await button('I understood it').click()
  await expect.poll(() => session.steps.at(-1)).toEqual({ kind: 'understand', data: {} })
})

test('what was taken back says so above it', async () => {
  const session = messagesSession()
  const request = sent({ topic: 'gout' }, { state: 'withdrawn', isFinal: true, next: [] })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await expect.element(page.getByText(/took this back/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: /Gout/ })).toBeVisible()
})

test('a material is for patients; people who share nothing are shown when they are asked for', async () => {
  const session = messagesSession()
  session.people.set({ contacts: [contactOf('Bea Sample'), contactOf('Cleo'), contactOf('Dan')], invitations: [] })
  const share = { shareId: 's1', recordName: 'Bea', since: instant(0), sections: [], mayHaveNews: false } as const
  session.patients.set([
    { ...share, contactId: 'bea-sample', state: 'going' },
    { ...share, shareId: 's2', contactId: 'cleo', state: 'ended' },
  ])
  drawPage('/patients/materials', session)
  await expect.element(page.getByRole('checkbox', { name: 'Bea Sample' })).toBeVisible()
  expect(page.getByRole('checkbox', { name: /Cleo|Dan/ }).elements()).toEqual([])
  await page.getByRole('button', { name: 'Show 2 people who share nothing with you' }).click()
  await expect.element(page.getByRole('checkbox', { name: 'Cleo' })).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: 'Dan' })).toBeVisible()
})

test('a material is written, looked at, and given to everybody who is ticked, each their own', async () => {
  const session = messagesSession()
  session.people.set({ contacts: [contactOf('Bea Sample'), contactOf('Cleo'), contactOf('Dan')], invitations: [] })
  const { root, path } = drawPage('/patients/materials', session)
  await button('Send it').click()
  await expect.element(page.getByText('This is needed.').first()).toBeVisible()
  await page.getByLabelText('Title').fill('Knee')
  await page.getByLabelText('Text', { exact: true }).fill('# Bend it')
  const input = root.querySelector('input[type="file"]')
  await userEvent.upload(input!, new File(['<svg/>'], 'bad.svg', { type: 'image/svg+xml' }))
  await expect.element(page.getByText('“bad.svg” is not a picture that can go with a text.')).toBeVisible()
  await button('How it looks').click()
  await expect.element(page.getByRole('heading', { name: 'Bend it' })).toBeVisible()
  await page.getByText('Bea Sample').click()
  await page.getByText('Cleo').click()
  expect(await axeFindings(root)).toEqual([])
  await button('Send it').click()
  await expect.poll(path).toBe('/patients')
  expect(session.opened).toMatchObject([
    { kind: 'material', contactId: 'bea-sample', data: { title: 'Knee', text: '# Bend it' } },
    { kind: 'material', contactId: 'cleo', data: { title: 'Knee', text: '# Bend it' } },
  ])
  expect(new Set(session.opened.map(({ key }) => key)).size).toBe(2)
})

test('an address must be one of the web', async () => {
  const session = messagesSession()
  const { path } = drawPage('/patients/materials?to=bea-sample', session)
  await page.getByText('A web page').click()
  await page.getByLabelText('Title').fill('Knee')
  await page.getByLabelText('Address of the page').fill('javascript:alert(1)')
  await button('Send it').click()
  await expect.element(page.getByText('An address that begins with https:// is needed.')).toBeVisible()
  expect(session.opened).toEqual([])
  await page.getByLabelText('Address of the page').fill('https://example.org/knee')
  await button('Send it').click()
  await expect.poll(path).toMatch(/^\/messages\//)
  expect(session.opened).toMatchObject([{ data: { address: 'https://example.org/knee' } }])
})
