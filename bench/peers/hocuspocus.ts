import { randomBytes } from 'node:crypto'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { startProcess } from '../relay-process.ts'
import type { Contestant, Group } from '../side-by-side/contestant.ts'
import { counted } from './counted.ts'

/** Items of 200 B or 2 KiB in one Y.Array, each its own transaction. */
function connect(origin: string, name: string) {
  const document = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: origin.replace('http', 'ws'),
    WebSocketPolyfill: WebSocket,
  })
  const provider = new HocuspocusProvider({ websocketProvider, name, document, awareness: null })
  provider.attach()
  const close = () => {
    provider.destroy()
    websocketProvider.destroy()
  }
  return { document, provider, items: document.getArray<Uint8Array>('items'), close }
}

async function connected(origin: string, name: string) {
  const client = connect(origin, name)
  await new Promise<void>(resolve => client.provider.on('synced', () => resolve()))
  return client
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const name = randomBytes(8).toString('hex')
  const writer = await connected(writerOrigin, name)
  const waiting: (() => void)[] = []
  let unsynced = 0
  writer.provider.on('unsyncedChanges', ({ number }) => {
    for (let at = number; at < unsynced; at++) waiting.shift()?.()
    unsynced = number
  })
  const readers = await Promise.all(readerOrigins.map(origin => connected(origin, name)))
  const group: Group = {
    onDelivered: () => undefined,
    prepare: (count, bodyBytes) =>
      Array.from({ length: count }, () => {
        const body = new Uint8Array(randomBytes(bodyBytes))
        return () =>
          new Promise<void>(resolve => {
            waiting.push(resolve)
            writer.items.push([body])
          })
      }),
    async catchUp(origin, expected) {
      const client = connect(origin, name)
      const count = await counted(expected, tell => client.document.on('update', () => tell(client.items.length)))
      client.close()
      return count
    },
    close: () => {
      for (const { close } of [writer, ...readers]) close()
    },
  }
  for (const [reader, { items }] of readers.entries()) {
    items.observe(() => group.onDelivered(reader, items.length))
  }
  return group
}

export const contestant: Contestant = {
  name: 'hocuspocus',
  share: 1 / 4,
  start: folder => startProcess('bench/peers/hocuspocus-server.ts', { FOLDER: folder }),
  open,
  idle: async (origin, at) => (await connected(origin, String(at))).close,
}
