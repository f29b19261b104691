import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserPushes, WORDS_CACHE, WORDS_PATH } from '#app/platform/pushes.ts'

/** A browser's push manager, which binds one key at a time. */
class FakeManager {
  now: { readonly endpoint: string; readonly key: Uint8Array } | undefined
  made = 0
  isOut = false

  async getSubscription() {
    const { now } = this
    if (now === undefined) return null
    return {
      endpoint: now.endpoint,
      options: { applicationServerKey: now.key.slice().buffer },
      unsubscribe: async () => {
        this.now = undefined
        return true
      },
    }
  }

  async subscribe(options: { readonly userVisibleOnly: boolean; readonly applicationServerKey: Uint8Array }) {
    if (this.isOut) throw new DOMException('push service not available', 'AbortError')
    if (this.now !== undefined) throw new DOMException('another key', 'InvalidStateError')
    if (!options.userVisibleOnly) throw new DOMException('silent pushes', 'NotAllowedError')
    this.now = { endpoint: `https://push.example/${++this.made}`, key: options.applicationServerKey }
    return this.getSubscription()
  }
}

const [KEY, OTHER] = [new Uint8Array(65).fill(4), new Uint8Array(65).fill(5)]
let manager: FakeManager
let words: Map<string, string>
let badges: (number | 'none')[]
beforeEach(() => {
  manager = new FakeManager()
  words = new Map()
  badges = []
  vi.stubGlobal('PushManager', FakeManager)
  vi.stubGlobal('Notification', { permission: 'granted' })
  vi.stubGlobal('navigator', {
    serviceWorker: { ready: Promise.resolve({ pushManager: manager }) },
    setAppBadge: async (count: number) => void badges.push(count),
    clearAppBadge: async () => void badges.push('none'),
  })
  vi.stubGlobal('caches', {
    open: async (name: string) => ({
      put: async (path: string, said: Response) => void words.set(`${name}${path}`, await said.text()),
    }),
    delete: async (name: string) => void words.delete(`${name}${WORDS_PATH}`),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('subscribe() makes one subscription for a key, and another for another key', async () => {
  const pushes = browserPushes()
  expect(await pushes.subscribe(KEY)).toBe('https://push.example/1')
  expect(await pushes.subscribe(KEY)).toBe('https://push.example/1')
  expect(await pushes.subscribe(OTHER)).toBe('https://push.example/2')
  expect(manager.now?.key).toEqual(OTHER)
})

test('subscribe() answers nothing where the browser’s maker can’t be reached', async () => {
  manager.isOut = true
  expect(await browserPushes().subscribe(KEY)).toBeUndefined()
})

test('end() leaves neither a subscription nor words', async () => {
  const pushes = browserPushes()
  await pushes.subscribe(KEY)
  await pushes.keepWords('Something new')
  expect(words.get(`${WORDS_CACHE}${WORDS_PATH}`)).toBe('Something new')
  await pushes.end()
  expect(manager.now).toBeUndefined()
  expect(words.size).toBe(0)
})

test('showCount() takes the number from the icon once nothing is new', async () => {
  await browserPushes().showCount(3)
  await browserPushes().showCount(0)
  expect(badges).toEqual([3, 'none'])
})

test('a browser without push is one where it is not possible, and nothing fails', async () => {
  vi.stubGlobal('PushManager', undefined)
  Reflect.deleteProperty(globalThis, 'PushManager')
  vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve({}) } })
  const pushes = browserPushes()
  expect([pushes.isPossible, pushes.isAllowed()]).toEqual([false, false])
  await pushes.end()
  await pushes.showCount(1)
})
