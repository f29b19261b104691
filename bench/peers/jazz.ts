import { randomBytes } from 'node:crypto'
import { LocalNode } from 'cojson'
import { WasmCrypto } from 'cojson/crypto/WasmCrypto'
import { createWebSocketPeer } from 'cojson-transport-ws'
import WebSocket from 'ws'
import { startProcess } from '../relay-process.ts'
import type { Contestant, Group } from '../side-by-side/contestant.ts'
import { counted } from './counted.ts'

const crypto = await WasmCrypto.create()

/** Items of one stream that everybody may read, sealed and signed by Jazz; they are texts of 200 or 2,048 letters, as its values are JSON. */
async function connected(origin: string) {
  const secret = crypto.newRandomAgentSecret()
  const node = new LocalNode(secret, crypto.newRandomSessionID(crypto.getAgentID(secret)), crypto)
  // The server tells clients apart by address and millisecond: two of the same put each other out.
  const headers = { 'x-forwarded-for': randomBytes(8).toString('hex') }
  const websocket = new WebSocket(origin.replace('http', 'ws'), { headers })
  await new Promise<void>((resolve, reject) => {
    websocket.once('open', () => resolve())
    websocket.once('error', reject)
  })
  node.syncManager.addPeer(createWebSocketPeer({ id: 'server', role: 'server', websocket }))
  const close = () => {
    node.gracefulShutdown()
    websocket.terminate()
  }
  return { node, close }
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const { node, close } = await connected(writerOrigin)
  const session = node.currentSessionID
  const owners = node.createGroup()
  owners.addMember('everyone', 'reader')
  const stream = owners.createStream()
  // Whether an empty stream has arrived is never told.
  stream.push('begun')
  await Promise.all([owners.core.waitForSync(), stream.core.waitForSync()])
  const waiting: (() => void)[] = []
  let acknowledged = 1
  node.syncManager.syncState.subscribeToPeerUpdates('server', known => {
    if (known.id !== stream.id) return
    const count = known.sessions[session] ?? 0
    for (; acknowledged < count; acknowledged++) waiting.shift()?.()
  })
  const readers = await Promise.all(readerOrigins.map(connected))
  const countOf = theirs => (theirs.core.knownState().sessions[session] ?? 1) - 1
  const group: Group = {
    onDelivered: () => undefined,
    prepare: (count, bodyBytes) =>
      Array.from({ length: count }, () => {
        const body = randomBytes((bodyBytes * 3) / 4).toString('base64')
        return () =>
          new Promise<void>(resolve => {
            waiting.push(resolve)
            stream.push(body)
          })
      }),
    async catchUp(origin, expected) {
      const cold = await connected(origin)
      const count = await counted(expected, tell => {
        void cold.node.load(stream.id).then(theirs => {
          if (theirs === 'unavailable') return tell(0)
          theirs.core.subscribe(() => tell(countOf(theirs)), true)
        })
      })
      cold.close()
      return count
    },
    close: () => {
      for (const each of [{ close }, ...readers]) each.close()
    },
  }
  for (const [reader, each] of readers.entries()) {
    const theirs = await each.node.load(stream.id)
    theirs.core.subscribe(() => group.onDelivered(reader, countOf(theirs)))
  }
  return group
}

export const contestant: Contestant = {
  name: 'Jazz',
  share: 1 / 10,
  start: folder => startProcess('bench/peers/jazz-server.ts', { FOLDER: folder }),
  open,
  idle: async origin => (await connected(origin)).close,
}
