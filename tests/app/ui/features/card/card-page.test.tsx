import { decodeQR } from 'qr/decode.js'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

/** What a phone reads off the code on screen. */
async function scanned(): Promise<string> {
  const svg = document.querySelector<SVGElement>('figure svg')
  if (svg === null) return ''
  const text = new XMLSerializer().serializeToString(svg).replaceAll(/class="[^"]*"/g, '')
  const image = new Image(600, 600)
  image.src = `data:image/svg+xml,${encodeURIComponent(text.replace('<rect', '<rect fill="#fff"').replace('<svg', '<svg width="600" height="600"'))}`
  await image.decode()
  const canvas = new OffscreenCanvas(600, 600)
  const context = canvas.getContext('2d')
  context?.drawImage(image, 0, 0, 600, 600)
  const data = context?.getImageData(0, 0, 600, 600)
  return data === undefined ? '' : decodeQR(data)
}

test('the card’s code is plain text that says what is chosen, and shrinks with it', async () => {
  const session = new FakeSession()
  session.texts.set('emergency-contacts', 'Bea 0123')
  const { root } = drawPage('/card', session)
  await expect.element(page.getByRole('figure')).toBeVisible()
  await expect.poll(scanned).toContain('Whom to call: Bea 0123')
  expect(await scanned()).toMatch(/^Maria Jansen\nBorn /)
  expect(await scanned()).toBe(document.querySelector('pre')?.textContent)
  expect(await axeFindings(root)).toEqual([])
  await page.getByText('Date of birth').click()
  await expect.poll(scanned).not.toContain('Born')
  await page.getByText('On the card: Whom to call').click()
  await expect.poll(scanned).not.toContain('Bea')
})

test('what is too much for the code is named, and the card has it all', async () => {
  const session = new FakeSession()
  session.texts.set('emergency-contacts', `Bea 0123\n${'x'.repeat(700)}`)
  drawPage('/card', session)
  await expect.element(page.getByText(/Not in the code/)).toBeVisible()
  await expect.poll(scanned).toMatch(/Bea 0123\n… \+1$/)
  await expect.element(page.getByRole('article').getByText(/^x+$/)).toBeInTheDocument()
})

test('what is private is on the card only where it was ticked', async () => {
  const session = new FakeSession()
  const medicine = session.entries.find(entry => entry.summary.kind === 'medicine' && entry.summary.status === 'active')
  if (medicine === undefined) throw new Error('the fake record has no medicine')
  await session.makePrivate([medicine.summary.id])
  drawPage('/card', session)
  const line = page.getByRole('article').getByText(medicine.summary.title)
  await expect.element(page.getByRole('article')).toBeVisible()
  await expect.element(page.getByText(/private is not on the card unless/)).toBeVisible()
  await expect.element(line).not.toBeInTheDocument()
  await page
    .getByRole('group', { name: 'Medicines', exact: true })
    .getByText(/\(private\)/)
    .click()
  await expect.element(line).toBeInTheDocument()
})

test('it is kept for the lock screen once the passphrase was typed, and forgotten by a tap', async () => {
  const session = new FakeSession()
  const { root } = drawPage('/card', session)
  await page.getByText('Show the card while my record is locked').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText(/everybody else who holds this device/)).toBeVisible()
  await dialog.getByLabelText('Your passphrase').fill('a wrong one')
  await dialog.getByRole('button', { name: 'Show it' }).click()
  await expect.element(dialog.getByText(/not your passphrase/)).toBeVisible()
  expect(session.lockedCard.value).toBeUndefined()
  await dialog.getByLabelText('Your passphrase').fill(FAKE_PASSPHRASE)
  await dialog.getByRole('button', { name: 'Show it' }).click()
  await expect.poll(() => session.lockedCard.value?.faces[0]?.head[0]).toBe('Maria Jansen')
  expect(session.lockedCard.value?.faces[0]?.head).toHaveLength(2)
  await expect.element(page.getByText(/^It is on\./)).toBeVisible()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.poll(() => axeFindings(root), { timeout: 10_000 }).toEqual([])
  await page.getByText('Show the card while my record is locked').click()
  await expect.poll(() => session.lockedCard.value).toBeUndefined()
})

test('half a year later the home page asks whether it is still right, until somebody says so', async () => {
  const session = new FakeSession()
  session.cardChoices.set({ items: {}, noneKnownAt: {}, checkedAt: instant(Date.now() - 200 * 86_400_000) })
  drawPage('/', session)
  await page.getByRole('link', { name: 'Is your emergency card still right?' }).click()
  await expect.element(page.getByText(/Please look through it again/)).toBeVisible()
  await page.getByRole('button', { name: 'Yes, it is right' }).click()
  await expect.element(page.getByText(/You said so on/)).toBeVisible()
})

test('of more than thirty lines of one part the first can be chosen at once, and all of them by one press more', async () => {
  const session = new FakeSession()
  const allergy = session.entries.find(({ summary }) => summary.kind === 'allergy')
  if (allergy === undefined) throw new Error('the fake record has no allergy')
  session.entries = Array.from({ length: 40 }, (_, place) => ({
    ...allergy,
    summary: { ...allergy.summary, id: entryId(`allergy-${place}`), title: `Allergen ${place}`, codes: [] },
  }))
  const { root } = drawPage('/card', session)
  const chosenFirst: boolean[] = []
  const drawn = new MutationObserver(() => {
    if (root.querySelector('article') !== null) chosenFirst.push(root.querySelector('fieldset') !== null)
  })
  drawn.observe(root, { childList: true, subtree: true })
  const group = page.getByRole('group', { name: 'Allergies', exact: true })
  const choices = group.getByRole('checkbox', { name: /^Allergen/ })
  await expect.element(page.getByRole('article').getByText('Allergen 39')).toBeVisible()
  await expect.poll(() => choices.all().length).toBe(30)
  drawn.disconnect()
  // The card itself before what can be chosen.
  expect(chosenFirst[0]).toBe(false)
  await group.getByRole('button', { name: 'Show 10 more' }).click()
  await expect.poll(() => choices.all().length).toBe(40)
})

test('who ticks by keyboard stays at the line that they ticked', async () => {
  drawPage('/card', new FakeSession())
  const box = page.getByRole('group', { name: 'Allergies', exact: true }).getByRole('checkbox').nth(1)
  await expect.element(box).toBeChecked()
  box.element().focus()
  await userEvent.keyboard(' ')
  await expect.element(box).not.toBeChecked()
  await new Promise(resolve => setTimeout(resolve, 300))
  await expect.element(box).toHaveFocus()
})

test('what a clinic calls a finding is not on the card, and the choices say so', async () => {
  const session = new FakeSession()
  const condition = session.entries.find(
    ({ summary }) => summary.kind === 'condition' && summary.source.type === 'import',
  )
  if (condition === undefined) throw new Error('the fake record has no imported condition')
  const { isListed: _, ...summary } = condition.summary
  const noted = {
    ...summary,
    id: entryId('noted'),
    title: 'Normal pregnancy (finding)',
    codes: [],
    status: 'active' as const,
  }
  session.entries = [...session.entries, { ...condition, summary: noted }]
  drawPage('/card', session)
  const group = page.getByRole('group', { name: 'Problems', exact: true })
  await expect.element(group.getByText(/is on the card only where you tick it/)).toBeVisible()
  const line = page.getByRole('article').getByText('Normal pregnancy')
  await expect.element(line).not.toBeInTheDocument()
  await group.getByText('Normal pregnancy').click()
  await expect.element(line).toBeVisible()
})
