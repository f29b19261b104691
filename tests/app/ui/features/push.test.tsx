import { page, userEvent } from 'vitest/browser'
import { expect, test } from 'vitest'
import type { PushRequest } from '#app/core/push-session.ts'
import { PushCard } from '#app/ui/features/settings/push-card.tsx'
import { RenewPush } from '#app/ui/features/news/renew-push.ts'
import type { Host, Pushes } from '#app/ui/session.ts'
import { drawView } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { NO_PUSHES } from '#tests/support/fake-push.ts'

const ENDPOINT = 'https://push.example/1'

function browser(more: Partial<Pushes> = {}, isAllowed = true) {
  const ended: string[] = []
  const words: string[] = []
  const pushes: Pushes = {
    ...NO_PUSHES,
    isPossible: true,
    isAllowed: () => isAllowed,
    subscribe: async () => ENDPOINT,
    end: async () => void ended.push('ended'),
    keepWords: async title => void words.push(title),
    ...more,
  }
  const host: Partial<Host> = {
    pushes: async () => pushes,
    reminders: {
      isPossible: true,
      isAllowed: () => isAllowed,
      ask: async () => isAllowed,
      show: async () => undefined,
    },
  }
  return { host, ended, words }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })

test('it is off until a tap, which comes after what others learn by it', async () => {
  const session = new FakeSession()
  drawView(() => <PushCard />, session, browser().host)
  await expect.element(page.getByText(/It learns that something came for this browser, and when/)).toBeVisible()
  expect(session.push.value).toEqual({ isOn: false })
  await button('Tell this device').click()
  await expect.element(button('Stop telling this device')).toBeVisible()
  expect(session.push.value).toEqual({ isOn: true, endpoint: ENDPOINT })
})

test('turned off, neither the relay nor the browser’s maker is left with it', async () => {
  const session = new FakeSession()
  session.push.set({ isOn: true, endpoint: ENDPOINT })
  const { host, ended } = browser()
  drawView(() => <PushCard />, session, host)
  await button('Stop telling this device').click()
  await expect.element(button('Tell this device')).toBeVisible()
  expect(session.push.value).toEqual({ isOn: false })
  expect(ended).toEqual(['ended'])
})

test.each([
  ['who does not allow it', browser({}, false), undefined, 'The browser was not allowed to.'],
  [
    'a browser that cannot',
    browser({ subscribe: async () => undefined }),
    undefined,
    'The browser could not set it up.',
  ],
  ['a server that has none', browser(), { kind: 'not-offered' }, 'Your server does not offer this'],
  ['a server out of reach', browser(), { kind: 'unreachable' }, 'The server cannot be reached just now.'],
] as const)('%s hears why, and nothing is on', async (_, { host, ended }, nextPush, words) => {
  const session = new FakeSession()
  session.nextPush = nextPush
  drawView(() => <PushCard />, session, host)
  await button('Tell this device').click()
  await expect.element(page.getByRole('alert').getByText(new RegExp(words))).toBeVisible()
  expect(session.push.value).toEqual({ isOn: false })
  expect(ended).toHaveLength(nextPush === undefined ? 0 : 1)
})

test('a browser without push says what would help', async () => {
  drawView(() => <PushCard />, new FakeSession(), {})
  await expect.element(page.getByText(/first add Wellkeep to the home screen/)).toBeVisible()
  expect(button('Tell this device').query()).toBeNull()
})

test('quiet hours are off at first, say whom they tell what, and follow what is typed', async () => {
  const session = new FakeSession()
  session.push.set({ isOn: true, endpoint: ENDPOINT })
  drawView(() => <PushCard />, session, browser().host)
  await expect.element(page.getByText(/with them when you may be asleep/)).toBeVisible()
  const quiet = () => (session.push.value as PushRequest).quiet
  expect(quiet()).toBeUndefined()
  await page.getByText('Quiet hours', { exact: true }).click()
  await expect.poll(quiet).toEqual({ from: 1320, to: 420 })
  await page.getByLabelText('Until').fill('06:30')
  await expect.poll(quiet).toEqual({ from: 1320, to: 390 })
  await page.getByLabelText('From').fill('06:30')
  await userEvent.tab()
  expect(quiet()).toEqual({ from: 1320, to: 390 })
  await expect.element(page.getByText(/^Both say the same time/)).toBeVisible()
  await page.getByLabelText('Until').fill('06:00')
  await expect.element(page.getByText(/^Both say the same time/)).not.toBeInTheDocument()
  await expect.poll(quiet).toEqual({ from: 390, to: 360 })
  await page.getByText('Quiet hours', { exact: true }).click()
  await expect.poll(quiet).toBeUndefined()
})

test('while the record is open an endpoint that the browser changed takes the old one’s place, with its quiet hours', async () => {
  const session = new FakeSession()
  session.push.set({ isOn: true, endpoint: 'https://push.example/old', quiet: { from: 1, to: 2 } })
  const { host, words } = browser()
  drawView(() => <RenewPush />, session, host)
  await expect.poll(() => session.push.value).toEqual({ isOn: true, endpoint: ENDPOINT, quiet: { from: 1, to: 2 } })
  expect(words[0]).toBe('Something new in Wellkeep')
})

test('whoever took the permission back is asked nothing, and nothing is subscribed', async () => {
  const session = new FakeSession()
  session.push.set({ isOn: true, endpoint: 'https://push.example/old' })
  const { host, words } = browser({}, false)
  drawView(() => <RenewPush />, session, host)
  await new Promise(resolve => setTimeout(resolve, 200))
  expect(session.push.value).toMatchObject({ endpoint: 'https://push.example/old' })
  expect(words).toEqual([])
})
