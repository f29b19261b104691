import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DOOR_PAGES, inLots, LOCKED_PAGES, lookAtPages, OWN_PAGES } from './every-page.ts'
import { axeFinds, look, lookBriefly } from './look.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** Axe takes seconds for each of some hundred states of the screen. */
const LONG_MS = 900_000

test('every page before the record is open can be used by everybody', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  await page.locator('h1').waitFor()
  const finds: string[] = []
  for (const path of Object.values(DOOR_PAGES).flat() as string[]) {
    await page.goto(`${relay.origin}${path}`)
    await page.locator('main h1, h1').first().waitFor()
    finds.push(...(await look(page, path)))
    const submit = page.locator('button[type=submit]').first()
    if (await submit.isVisible()) {
      await submit.click()
      finds.push(...(await look(page, `${path}, refused`)))
    }
  }
  expect(finds).toEqual([])
  await ada.leave()
})

describe('every page of an open record can be used by everybody', () => {
  let ada: Person
  beforeAll(async () => {
    ada = await Person.arrive(relay.origin)
    await ada.lookAround()
  })
  afterAll(() => ada.leave())

  const lookAt = async (where: string, isAnother: boolean) => {
    const finds = isAnother ? await lookBriefly(ada.page, where) : await look(ada.page, where)
    const save = ada.button('Save')
    if (!where.startsWith('/add/') || !(await save.isVisible())) return finds
    await save.click()
    return [...finds, ...(await axeFinds(ada.page, `${where}, refused`))]
  }
  test.each(inLots(OWN_PAGES, 4))(
    'lot %$',
    async pages => {
      expect(await lookAtPages(ada.page, pages, lookAt)).toEqual([])
    },
    LONG_MS,
  )
})

test(
  'every state of an open record can be used by everybody',
  async () => {
    const ada = await Person.arrive(relay.origin)
    const { page } = ada
    const words = await ada.createRecord()
    const finds = await look(page, 'kit')
    await ada.button('I have the words on paper').click()
    finds.push(...(await look(page, 'kit, asked')))
    await ada.button('Show the words again').click()
    await ada.confirmKit(words)
    await ada.page.waitForTimeout(200)
    for (const path of ['/', '/timeline', '/results', '/medicines', '/track', '/card', '/bin']) {
      finds.push(...(await lookAtPages(page, { [path]: [path] }, where => look(page, `${where}, empty`))))
    }
    await ada.setOffline(true)
    await ada.add('weight', { Weight: '71' })
    finds.push(...(await look(page, 'changes that wait')))
    await ada.setOffline(false)
    await ada.add('allergy', { 'What do you react to?': 'Penicillin', 'What happens?': 'Hives' })
    await ada.statusChip.click()
    await page.getByRole('dialog').waitFor()
    finds.push(...(await look(page, 'status')))
    await ada.closeDialog()
    finds.push(...(await lookAtDialogs(ada)), ...(await lookAtFile(ada)))
    await ada.go('Timeline')
    await ada.button('Filter').click()
    await page.getByText(/^Allergies \(/).click()
    await ada.button('Show the results (1)').waitFor()
    finds.push(...(await look(page, 'filter')))
    await ada.button('Show the results (1)').click()
    await page.getByRole('link', { name: /Penicillin/ }).waitFor()
    await ada.lock()
    finds.push(...(await lookAtPages(page, LOCKED_PAGES, where => look(page, `locked, ${where}`))))
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
    await ada.button('Unlock').click()
    await page.getByText('This is not the passphrase.').waitFor()
    finds.push(...(await look(page, 'locked, refused')))
    expect(finds).toEqual([])
    await ada.leave()
  },
  LONG_MS,
)

/** What opens over the settings page. */
async function lookAtDialogs(ada: Person): Promise<string[]> {
  const { page } = ada
  const finds: string[] = []
  await ada.go('Settings')
  for (const name of ['Change the passphrase', 'Delete everything']) {
    await ada.button(name).click()
    await page.getByRole('dialog').waitFor()
    finds.push(...(await look(page, name)))
    await ada.closeDialog()
  }
  return finds
}

/** A file that cannot be read, and one about somebody else with all there is to remark. */
async function lookAtFile(ada: Person): Promise<string[]> {
  const { page } = ada
  await ada.offerFile({ name: 'letter.json', text: 'Dear Ada' })
  const finds = await look(page, 'import, refused')
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', name: [{ text: 'Someone Else' }], birthDate: '1970-01-01' } },
      { resource: { resourceType: 'Condition', code: { text: 'Asthma' }, onsetDateTime: '2021-02-31' } },
      {
        resource: {
          resourceType: 'Condition',
          code: { text: 'Cough' },
          clinicalStatus: { coding: [{ code: 'resolved' }] },
        },
      },
      { resource: { id: 'typeless' } },
    ],
  }
  await ada.offerFile({
    name: 'a-file-with-a-very-long-name-from-the-clinic-2026-11-22.json',
    text: JSON.stringify(bundle),
  })
  await page.getByLabel('It is the same person').waitFor()
  finds.push(...(await look(page, 'import, preview')))
  await ada.button('Cancel').click()
  return finds
}

test.each(['ar', 'es', 'zh-Hans'])(
  'every page can be used in another language: %s',
  async language => {
    const ada = await Person.arrive(relay.origin)
    const { page } = ada
    await page.locator('select').first().selectOption(language)
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language)
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr')
    await page.locator('main button, h1 ~ * button, button').last().click()
    await page.locator('nav a[href="/settings"]').waitFor({ timeout: 60_000 })
    const lookAt = async (where: string, isAnother: boolean) => [
      ...(isAnother ? [] : await axeFinds(page, `${where}, ${language}`)),
      ...(await lookBriefly(page, `${where}, ${language}`)),
    ]
    expect(await lookAtPages(page, OWN_PAGES, lookAt)).toEqual([])
    await ada.leave()
  },
  LONG_MS,
)

/** Presses Tab until the focus, which must be visible all the way, is on what has this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 80; step++) {
    const focus = await page.evaluate(() => {
      const active = document.activeElement
      // Headings and the like take the focus from scripts, not from the keyboard.
      if (active === null || active === document.body || active.getAttribute('tabindex') === '-1') {
        return { name: '', isVisible: true, html: '' }
      }
      const labels = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.labels : null
      const label = active.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? active.textContent ?? ''
      let isVisible = false
      for (let each: Element | null = active, up = 0; each !== null && up < 3; each = each.parentElement, up++) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
        if ((outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none') isVisible = true
      }
      return { name: label.trim(), isVisible, html: active.outerHTML.slice(0, 120) }
    })
    if (!focus.isVisible) throw new Error(`The focus cannot be seen on ${focus.html}`)
    if (name.test(focus.name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${name}`)
}

async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.type(text)
}

test('the keyboard alone is enough: create, add, timeline, entry, lock, unlock', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  await page.getByRole('link', { name: 'Create my record' }).waitFor()
  await press(page, /^Create my record$/)
  await ada.heading('Create my record').waitFor()
  await typeInto(page, /^Your name$/, 'Ada Keys')
  await typeInto(page, /^Date of birth$/, '04021950')
  await typeInto(page, /^Passphrase$/, PASSPHRASE)
  await press(page, /^Create my record$/)
  await ada.heading('Your recovery kit').waitFor({ timeout: 60_000 })
  await press(page, /^Do this later$/)
  await page.getByRole('link', { name: 'Add', exact: true }).first().waitFor()
  await press(page, /^Add$/)
  await ada.heading('Add to your record').waitFor()
  await press(page, /^Note/)
  await ada.heading('Add a note').waitFor()
  await typeInto(page, /^Title$/, 'By keyboard')
  await typeInto(page, /^Your note$/, 'No mouse here')
  await press(page, /^Save$/)
  await page.getByText('Where this came from').waitFor()
  await press(page, /^Timeline$/)
  await ada.heading('Timeline').waitFor()
  await press(page, /By keyboard/)
  await page.getByText('Where this came from').waitFor()
  await press(page, /^Lock now$/)
  await ada.heading('Welcome back').waitFor()
  await typeInto(page, /^Passphrase$/, PASSPHRASE)
  await page.keyboard.press('Enter')
  await ada.button('Lock now').waitFor({ timeout: 60_000 })
  await ada.leave()
})

test('every answer has strict headers', async () => {
  for (const path of [
    '/',
    '/timeline',
    '/service-worker.js',
    '/manifest.webmanifest',
    '/v1/none',
    '/healthz',
    '/none.js',
  ]) {
    const { headers } = await fetch(`${relay.origin}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "connect-src 'self'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/)
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})
