import { randomBytes } from 'node:crypto'
import { type DocHandle, Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'
import { startProcess } from '../relay-process.ts'
import type { Contestant, Group } from '../side-by-side/contestant.ts'
import { counted } from './counted.ts'

interface Items {
  items: Uint8Array[]
}

/** Items of 200 B or 2 KiB in one list, each its own change. */
async function connected(origin: string) {
  const adapter = new WebSocketClientAdapter(origin.replace('http', 'ws'))
  const repo = new Repo({ network: [adapter] })
  await new Promise<void>(resolve => repo.networkSubsystem.once('peer', () => resolve()))
  const close = () => {
    adapter.disconnect()
    adapter.socket?.terminate()
  }
  return { repo, close }
}

/** Settles when the server says it has what this handle has. */
function heads(handle: DocHandle<Items>) {
  const waiting = new Map<string, { readonly number: number; readonly resolve: () => void }>()
  let made = 0
  handle.on('remote-heads', event => {
    const upTo = Math.max(-1, ...event.heads.map(head => waiting.get(head)?.number ?? -1))
    for (const [head, { number, resolve }] of waiting) {
      if (number > upTo) break
      waiting.delete(head)
      resolve()
    }
  })
  return () => new Promise<void>(resolve => waiting.set(handle.heads()[0], { number: made++, resolve }))
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const writer = await connected(writerOrigin)
  const handle = writer.repo.create<Items>({ items: [] })
  const arrived = heads(handle)
  await Promise.all([arrived(), handle.whenReady()])
  const readers = await Promise.all(readerOrigins.map(connected))
  const group: Group = {
    onDelivered: () => undefined,
    prepare: (count, bodyBytes) =>
      Array.from({ length: count }, () => {
        const body = new Uint8Array(randomBytes(bodyBytes))
        return () => {
          handle.change(doc => void doc.items.push(body))
          return arrived()
        }
      }),
    async catchUp(origin, expected) {
      const cold = await connected(origin)
      const count = await counted(expected, tell => {
        cold.repo.find<Items>(handle.url).then(
          theirs => {
            tell(theirs.doc().items.length)
            theirs.on('change', ({ doc }) => tell(doc.items.length))
          },
          // Not there at all.
          () => tell(0),
        )
      })
      cold.close()
      return count
    },
    close: () => {
      for (const { close } of [writer, ...readers]) close()
    },
  }
  for (const [reader, { repo }] of readers.entries()) {
    const theirs = await repo.find<Items>(handle.url)
    theirs.on('change', ({ doc }) => group.onDelivered(reader, doc.items.length))
  }
  return group
}

export const contestant: Contestant = {
  name: 'automerge-repo',
  share: 1 / 40,
  start: folder => startProcess('bench/peers/automerge-repo-server.ts', { FOLDER: folder }),
  open,
  idle: async origin => (await connected(origin)).close,
}
