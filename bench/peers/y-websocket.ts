import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { startProcess } from '../relay-process.ts'
import type { Contestant, Group } from '../side-by-side/contestant.ts'
import { counted } from './counted.ts'

/** Items of 200 B or 2 KiB in one Y.Array, each its own transaction. */
async function connected(origin: string, room: string) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(origin.replace('http', 'ws'), room, doc, {
    WebSocketPolyfill: WebSocket,
    disableBc: true,
  })
  await new Promise<void>(resolve => provider.once('sync', () => resolve()))
  return { doc, provider, items: doc.getArray<Uint8Array>('items') }
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const room = randomBytes(8).toString('hex')
  const writer = await connected(writerOrigin, room)
  const waiting: (() => void)[] = []
  // The server says each update to everybody, its sender too: there is no other acknowledgement.
  writer.provider.ws.addEventListener('message', ({ data }) => {
    const [type, step] = new Uint8Array(data)
    if (type === 0 && step === 2) waiting.shift()?.()
  })
  const readers = await Promise.all(readerOrigins.map(origin => connected(origin, room)))
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
      const doc = new Y.Doc()
      const items = doc.getArray('items')
      const provider = new WebsocketProvider(origin.replace('http', 'ws'), room, doc, {
        WebSocketPolyfill: WebSocket,
        disableBc: true,
      })
      const count = await counted(expected, tell => doc.on('update', () => tell(items.length)))
      provider.destroy()
      return count
    },
    close: () => {
      for (const { provider } of [writer, ...readers]) provider.destroy()
    },
  }
  for (const [reader, { items }] of readers.entries()) {
    items.observe(() => group.onDelivered(reader, items.length))
  }
  return group
}

export const contestant: Contestant = {
  name: 'y-websocket',
  share: 1 / 4,
  start: folder => startProcess('bench/peers/y-websocket-server.ts', { YPERSISTENCE: join(folder, 'documents') }),
  open,
  async idle(origin, at) {
    const { provider } = await connected(origin, String(at))
    return () => provider.destroy()
  },
}
