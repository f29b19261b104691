import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  // No push service is asked for anything: the browser's answer is made up, and nothing is sent to its host.
  relay = await RelayProcess.start({ PUSH_HOSTS: 'push.invalid' })
  ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  ada.context.setDefaultTimeout(120_000)
  await ada.context.grantPermissions(['notifications'], { origin: relay.origin })
  await ada.context.addInitScript(subscribeWithoutAService)
  await ada.settleIn()
})
afterAll(async () => {
  await ada?.leave()
  await relay.destroy()
})

/** In the page: as `PushManager` does, without the service that a browser's maker runs. */
function subscribeWithoutAService() {
  let now: { readonly endpoint: string; readonly options: object; unsubscribe(): Promise<boolean> } | null = null
  Object.assign(PushManager.prototype, {
    getSubscription: async () => now,
    async subscribe({ applicationServerKey: key }: { readonly applicationServerKey: Uint8Array }) {
      now = {
        endpoint: 'https://push.invalid/ada',
        options: { applicationServerKey: key.slice().buffer },
        async unsubscribe() {
          now = null
          return true
        },
      }
      return now
    },
  })
}

/** By the debugging protocol, as if the browser's maker had passed it on. */
async function deliverPush() {
  const session = await ada.context.newCDPSession(ada.page)
  const registered = new Promise<string>(resolve => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [found] = registrations.filter(({ isDeleted, scopeURL }) => !isDeleted && scopeURL.startsWith(relay.origin))
      if (found !== undefined) resolve(found.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  await session.send('ServiceWorker.deliverPushMessage', { origin: relay.origin, registrationId, data: '' })
  await session.detach()
}

const shown = () =>
  ada.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const all = await registration.getNotifications()
    return all.map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }))
  })

test('Ada turns it on in the settings, and is told that something came while her record is locked: not what', async () => {
  const { page } = ada
  await page.goto(`${relay.origin}/settings`)
  await ada.unlock()
  await ada.button('Tell this device').click()
  await ada.button('Stop telling this device').waitFor()
  expect(await look(page, 'the settings, being told')).toEqual([])
  await page.waitForTimeout(1000)
  await ada.lock()
  await deliverPush()
  await expect.poll(shown).toEqual([{ title: 'Something new in Wellkeep', body: '', tag: 'news', data: null }])
  await deliverPush()
  await expect.poll(shown).toHaveLength(1)
})

test('a tap on it opens the app', async () => {
  const { page, context } = ada
  await page.goto('about:blank')
  const [worker] = context.serviceWorkers()
  const opened = await worker!.evaluate(async () => {
    const scope = globalThis as unknown as ServiceWorkerGlobalScope
    const addresses: string[] = []
    // Only a person's own tap may open a window.
    scope.clients.openWindow = async (address: string | URL) => {
      addresses.push(String(address))
      return null
    }
    const [notification] = await scope.registration.getNotifications()
    const tap = new NotificationEvent('notificationclick', { notification: notification! })
    scope.dispatchEvent(tap)
    const left = async () => (await scope.registration.getNotifications()).length
    // Chromium takes as long as it likes to close a notification, and to say which windows there are.
    for (let waits = 0; waits < 100 && (addresses.length === 0 || (await left()) > 0); waits++) {
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    return { addresses, left: await left() }
  })
  expect(opened).toEqual({ addresses: ['/'], left: 0 })
})

test('in the language of the page, and not any more once it is off', async () => {
  const { page } = ada
  await page.goto(`${relay.origin}/settings`)
  await ada.unlock()
  await ada.button('Stop telling this device').waitFor()
  await page.getByLabel('Language', { exact: true }).selectOption('es')
  await ada.button('Dejar de avisar en este dispositivo').waitFor()
  await page.waitForTimeout(1000)
  await deliverPush()
  await expect.poll(async () => (await shown())[0]?.title).toBe('Hay algo nuevo en Wellkeep')
  await ada.button('Dejar de avisar en este dispositivo').click()
  await ada.button('Avisar en este dispositivo').waitFor()
  expect(await page.evaluate(() => caches.has('words'))).toBe(false)
})
