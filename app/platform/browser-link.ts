import type { HttpAnswer, HttpRequest, LinkFailure, RelayLink, RelayStream, StreamHandlers } from '#app/core/ports.ts'
import { fail, ok, type Result } from '#schema/result.ts'

const REQUEST_TIMEOUT_MS = 20_000

async function request(origin: string, asked: HttpRequest): Promise<Result<HttpAnswer, LinkFailure>> {
  try {
    const answer = await fetch(origin + asked.path, {
      method: asked.method,
      headers: asked.headers,
      body: asked.body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    return ok({ status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) })
  } catch {
    return fail('unreachable')
  }
}

function openStream(origin: string, handlers: StreamHandlers): RelayStream {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/v1/stream`)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => handlers.opened()
  socket.onmessage = event => {
    if (event.data instanceof ArrayBuffer) handlers.message(new Uint8Array(event.data))
  }
  socket.onclose = () => handlers.closed()
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
    },
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    close: () => socket.close(),
  }
}

/** The vault's worker reaches only who served the app, and the relay that is named in it (CSP `connect-src`); others' relays are for `app/other-relays.ts`. */
export function browserLink(origin: string): RelayLink {
  return { request: asked => request(origin, asked), openStream: handlers => openStream(origin, handlers) }
}
