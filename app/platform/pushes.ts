/** Being told while the app is closed, as the browser does it; decision 0054. */
export interface Pushes {
  readonly isPossible: boolean
  isAllowed(): boolean
  /** Once it is allowed: the endpoint of a subscription that is bound to `key`, the one that is there or a new one. */
  subscribe(key: Uint8Array<ArrayBuffer>): Promise<string | undefined>
  /** The browser's maker knows the endpoint no more. */
  end(): Promise<void>
  /** What is shown when something comes while every key is locked away, in words of the page's language. */
  keepWords(title: string): Promise<void>
  /** On the app's icon, where the platform has that; 0 takes it away. */
  showCount(count: number): Promise<void>
}

/** A push service that does not answer by then does not answer. */
const ANSWER_MS = 20_000
const isLate = () => new Promise<undefined>(resolve => setTimeout(resolve, ANSWER_MS, undefined))

/** The service worker reads it there without any key; no new version of the app drops it. */
export const WORDS_CACHE = 'words'
export const WORDS_PATH = '/words/news'

export function browserPushes(): Pushes {
  const isPossible = 'PushManager' in globalThis && 'Notification' in globalThis && 'serviceWorker' in navigator
  const manager = async () => (await navigator.serviceWorker.ready).pushManager
  return {
    isPossible,
    isAllowed: () => isPossible && Notification.permission === 'granted',
    async subscribe(key) {
      try {
        const pushes = await manager()
        const known = await pushes.getSubscription()
        if (known !== null && isBoundTo(known, key)) return known.endpoint
        // A browser binds one key at a time, and refuses another while that is so.
        await known?.unsubscribe()
        const asked = pushes.subscribe({ userVisibleOnly: true, applicationServerKey: key })
        return (await Promise.race([asked, isLate()]))?.endpoint
      } catch {
        return undefined
      }
    },
    async end() {
      await showCount(0)
      if (!isPossible) return
      try {
        await (await (await manager()).getSubscription())?.unsubscribe()
        await caches.delete(WORDS_CACHE)
      } catch {
        // Its maker can't be reached: the relay ends it when it is told off.
      }
    },
    async keepWords(title) {
      const cache = await caches.open(WORDS_CACHE)
      await cache.put(WORDS_PATH, new Response(title))
    },
    showCount,
  }
}

async function showCount(count: number): Promise<void> {
  try {
    await (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())
  } catch {
    // It shows none, for example because the app is not installed.
  }
}

function isBoundTo({ options }: PushSubscription, key: Uint8Array): boolean {
  const bound = options.applicationServerKey
  if (bound === null || bound.byteLength !== key.length) return false
  return new Uint8Array(bound).every((byte, index) => byte === key[index])
}
