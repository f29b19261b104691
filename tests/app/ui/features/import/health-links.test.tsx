import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { LinkInfo, OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import type { ImportPreview } from '#app/core/import-session.ts'
import { instant } from '#schema/instant.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const LINK = 'shlink:/eyJ1cmwiOiJhIn0'
const INFO: LinkInfo = {
  host: 'files.example',
  label: 'Back to school',
  needsPasscode: true,
  isLongTerm: true,
  expiresAt: instant(Date.UTC(2030, 0, 15, 12)),
}
const LIST: OutsideRequest = { url: 'https://files.example/list', host: 'files.example', body: '{}', maxBytes: 100 }
const FILE: OutsideRequest = { url: 'https://bucket.example/1', host: 'bucket.example', maxBytes: 100 }
const CAME: OutsideAnswer = { kind: 'answer', status: 200, bytes: new Uint8Array([1]) }
const PREVIEW: ImportPreview = {
  importId: 'f00d0000000000000000000000000009' as ImportId,
  fileName: 'Back to school',
  format: 'fhir',
  byKind: [{ kind: 'immunization', section: 'immunizations', isNew: 2, alreadyThere: 0 }],
  newCount: 2,
  alreadyThereCount: 0,
  unusable: [],
  remarks: [],
  cards: [],
}

/** The import page with a link pasted into it, and whom it asked. */
async function pasteLink(info: LinkInfo = INFO) {
  const session = new FakeSession()
  const asked: OutsideRequest[] = []
  const askOutside = async (request: OutsideRequest) => {
    asked.push(request)
    return CAME
  }
  const { root } = drawPage('/import', session, { askOutside })
  session.nextImport = fail({ kind: 'health-link' })
  session.nextLink = ok(info)
  await page.getByLabelText('Link or text of a code').fill(LINK)
  await page.getByRole('button', { name: 'Look at it' }).click()
  return { session, root, asked }
}

test('a link says whom it leads to, and asks nobody before it is told to', async () => {
  const { root, asked } = await pasteLink()
  await expect.element(page.getByText('Back to school')).toBeVisible()
  await expect
    .element(page.getByText(/lies with files\.example\. If you fetch it, files\.example learns/))
    .toBeVisible()
  await expect.element(page.getByText('It can be used until January 15, 2030.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await expect.element(page.getByText('This link asks for a passcode.')).toBeVisible()
  expect(asked).toEqual([])
})

test('a wrong passcode says how many tries are left, and keeps what was typed', async () => {
  const { session, asked } = await pasteLink()
  session.linkSteps = [ok({ kind: 'fetch', requests: [LIST] }), fail({ kind: 'link', why: 'passcode', triesLeft: 2 })]
  await page.getByLabelText('Your name for whoever shared it').fill('Kim')
  await page.getByLabelText('Passcode', { exact: true }).fill('1234')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toHaveTextContent('The passcode is wrong. 2 tries are left.')
  await expect.element(page.getByLabelText('Your name for whoever shared it')).toHaveValue('Kim')
  expect(asked).toEqual([LIST])
  session.linkSteps = [ok({ kind: 'fetch', requests: [LIST] }), ok({ kind: 'preview', preview: PREVIEW })]
  await page.getByLabelText('Passcode', { exact: true }).fill('4321')
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await expect.element(page.getByRole('button', { name: 'Bring in 2 entries' })).toBeVisible()
  expect(session.linksAsked.at(-1)).toEqual({ link: LINK, recipient: 'Kim', passcode: '4321', fetched: [[CAME]] })
})

test('whom the link does not name is asked only after a tap that names them', async () => {
  const { session, root, asked } = await pasteLink({ ...INFO, needsPasscode: false })
  const steps = () => [
    ok({ kind: 'fetch', requests: [LIST] } as const),
    ok({ kind: 'fetch', requests: [FILE] } as const),
    ok({ kind: 'preview', preview: PREVIEW } as const),
  ]
  session.linkSteps = steps()
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await expect.element(page.getByText(/themselves lie with bucket\.example/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  expect(asked).toEqual([LIST])

  session.nextImport = fail({ kind: 'health-link' })
  await page.getByLabelText('Link or text of a code').fill(LINK)
  await page.getByRole('button', { name: 'Look at it' }).click()
  session.linkSteps = steps()
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Fetch them' }).click()
  await expect.element(page.getByRole('button', { name: 'Bring in 2 entries' })).toBeVisible()
  expect(asked).toEqual([LIST, LIST, FILE])
})

test('a link that is over is refused before anybody is asked', async () => {
  const session = new FakeSession()
  drawPage('/import', session)
  session.nextImport = fail({ kind: 'health-link' })
  session.nextLink = fail({ kind: 'link', why: 'expired' })
  await page.getByLabelText('Link or text of a code').fill(LINK)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect.element(page.getByText(/This link is over/)).toBeVisible()
  expect(session.linksAsked).toEqual([])
})

test('a link for long-term use can be looked at again from where it came in, by its host’s name, and be forgotten', async () => {
  const { session, root, asked } = await pasteLink({ ...INFO, needsPasscode: false })
  session.linkSteps.push(ok({ kind: 'preview', preview: { ...PREVIEW, keepsLink: true } }))
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await expect.element(page.getByText(/can be looked at again later/)).toBeVisible()
  await page.getByRole('button', { name: 'Bring in 2 entries' }).click()
  await page.getByRole('button', { name: 'Look again at files.example' }).click()
  await expect.element(page.getByRole('button', { name: 'Fetch it from files.example' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  expect(asked).toEqual([])
  session.linkSteps.push(ok({ kind: 'fetch', requests: [LIST] }), ok({ kind: 'preview', preview: PREVIEW }))
  await page.getByRole('button', { name: 'Fetch it from files.example' }).click()
  await expect.element(page.getByRole('button', { name: 'Bring in 2 entries' })).toBeVisible()
  expect(asked).toEqual([LIST])
  expect(session.linksAsked.at(-1)?.link).toBe(`kept:${PREVIEW.importId}`)
  await page.getByRole('button', { name: 'Forget the link: files.example' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget the link' }).click()
  await expect.element(page.getByText('The link was forgotten')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Look again at files.example' })).not.toBeInTheDocument()
})
