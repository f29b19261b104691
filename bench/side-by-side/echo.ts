import { randomBytes } from 'node:crypto'
import WebSocket from 'ws'
import { FRAME_OVERHEAD_BYTES } from '#schema/protocol/frame.ts'
import { startProcess } from '../relay-process.ts'
import type { Act, Contestant, Group } from './contestant.ts'

function opened(origin: string, room: string): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/${room}`, { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const room = randomBytes(8).toString('hex')
  const writer = await opened(writerOrigin, room)
  const waiting: (() => void)[] = []
  writer.on('message', () => waiting.shift()?.())
  const readers = await Promise.all(readerOrigins.map(origin => opened(origin, room)))
  for (const [reader, socket] of readers.entries()) {
    let count = 0
    socket.on('message', () => group.onDelivered(reader, ++count))
  }
  const group: Group = {
    onDelivered: () => undefined,
    /** As many bytes as a frame of the relay has with such a body. */
    prepare: (count, bodyBytes) =>
      Array.from({ length: count }, (): Act => {
        const message = randomBytes(FRAME_OVERHEAD_BYTES + bodyBytes)
        return () =>
          new Promise(resolve => {
            waiting.push(resolve)
            writer.send(message)
          })
      }),
    catchUp: () => Promise.resolve(0),
    close: () => {
      for (const socket of [writer, ...readers]) socket.terminate()
    },
  }
  return group
}

export const echo: Contestant = {
  name: 'ws echo',
  share: 1,
  start: () => startProcess('bench/side-by-side/echo-server.ts'),
  open,
  async idle(origin, at) {
    const socket = await opened(origin, String(at))
    return () => socket.terminate()
  },
}
