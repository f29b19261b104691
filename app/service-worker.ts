/// <reference lib="webworker" />
import { WORDS_CACHE, WORDS_PATH } from './platform/pushes.ts'
import type { FromServiceWorker, ToServiceWorker } from './platform/tab-messages.ts'

/**
 * Keeps the whole app for use without a network (one cache a build, filled before install ends, swapped on activate), and
 * introduces tabs to the one whose worker owns the vault. It never sees what goes through the ports it passes on.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

const FILES = [...new Map(self.__WB_MANIFEST.map(file => [file.url, file])).values()]
const VERSION = FILES.map(file => file.revision ?? file.url)
  .join()
  .split('')
  .reduce((mixed, character) => (Math.imul(mixed, 31) + character.charCodeAt(0)) | 0, 7)
const CACHE = `app-${VERSION >>> 0}`
/** How long a tab may take to say whether it owns the vault. */
const OWNER_ANSWER_MS = 1000

async function fillCache(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES.map(file => new Request(file.url, { cache: file.revision === null ? 'default' : 'reload' })))
}

async function dropOldCaches(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter(name => name.startsWith('app-') && name !== CACHE).map(name => caches.delete(name)))
  await self.clients.claim()
}

/** What a clinic sends the browser back with stands in the address, and need not go to the relay. */
const pageAt = (address: string) => (new URL(address).pathname === '/connected' ? '/connected.html' : '/index.html')

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(request.mode === 'navigate' ? pageAt(request.url) : request)) ?? fetch(request)
}

function send(client: Client, message: FromServiceWorker, port: MessagePort): void {
  client.postMessage(message, [port])
}

function isOwner(client: Client): Promise<boolean> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = event => resolve(event.data === true)
    setTimeout(() => resolve(false), OWNER_ANSWER_MS)
    send(client, { kind: 'are-you-owner', answer: port2 }, port2)
  })
}

async function introduce(port: MessagePort, life: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const answers = await Promise.all(windows.map(isOwner))
  const owner = windows[answers.indexOf(true)]
  if (owner !== undefined) send(owner, { kind: 'guest', port, life }, port)
}

self.addEventListener('install', event => event.waitUntil(fillCache()))
self.addEventListener('activate', event => event.waitUntil(dropOldCaches()))
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  const isApp =
    event.request.method === 'GET' &&
    url.origin === location.origin &&
    !/^\/(v1\/|healthz|readyz|metrics|view$)/.test(url.pathname)
  if (isApp) event.respondWith(answer(event.request))
})
self.addEventListener('message', event => {
  const message = event.data as ToServiceWorker
  if (message.kind === 'skip-waiting') void self.skipWaiting()
  else event.waitUntil(introduce(message.port, message.life))
})
self.addEventListener('push', event => event.waitUntil(sayNews()))
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(comeToFront())
})

async function comeToFront(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' })
  if (open === undefined) await self.clients.openWindow('/')
  else await open.focus()
}

/** A push carries nothing, and nothing of the record can be read here: one sentence says that something came. */
async function sayNews(): Promise<void> {
  const cache = await caches.open(WORDS_CACHE)
  const words = await (await cache.match(WORDS_PATH))?.text()
  await self.registration.showNotification(words ?? 'Wellkeep', { tag: 'news', icon: '/icon.svg' })
  await self.navigator.setAppBadge?.().catch(() => undefined)
}
