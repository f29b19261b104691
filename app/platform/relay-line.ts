import type { HttpAnswer, LinkFailure, RelayLink, StreamHandlers } from '#app/core/ports.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import { fail, type Result } from '#schema/result.ts'
import type { FromRelays, ToRelays } from './relay-words.ts'

/** A worker's side of it, or a channel's. */
export interface RelayScript {
  postMessage(asked: ToRelays): void
  onmessage: ((event: MessageEvent<FromRelays>) => void) | null
  onerror?: ((event: ErrorEvent) => void) | null
}

/** What is under way when a stream is closed reaches nobody any more. */
const SILENT = { opened: () => undefined, message: () => undefined }

/**
 * The ways to others' relays, for the vault: through one script that is started with the first thing that is asked, and is served under
 * a policy of its own (decision 61).
 */
export function makeRelayLines(start: () => RelayScript): (origin: RelayOrigin) => RelayLink {
  const answers = new Map<number, (answer: Result<HttpAnswer, LinkFailure>) => void>()
  const streams = new Map<number, StreamHandlers>()
  let script: RelayScript | undefined
  let lastId = 0

  function ask(asked: ToRelays): void {
    script ??= begin()
    script.postMessage(asked)
  }

  function begin(): RelayScript {
    const begun = start()
    begun.onmessage = ({ data }) => heard(data)
    // One that does not start answers nobody; the next question starts another.
    begun.onerror = () => {
      script = undefined
      for (const answer of answers.values()) answer(fail('unreachable'))
      answers.clear()
      for (const id of streams.keys()) heard({ is: 'closed', id })
    }
    return begun
  }

  function heard(said: FromRelays): void {
    if (said.is === 'answer') {
      answers.get(said.id)?.(said.answer)
      answers.delete(said.id)
      return
    }
    const handlers = streams.get(said.id)
    if (said.is === 'opened') handlers?.opened()
    else if (said.is === 'message') handlers?.message(said.bytes)
    else if (streams.delete(said.id)) handlers?.closed()
  }

  return origin => ({
    request: request =>
      new Promise(resolve => {
        const id = ++lastId
        answers.set(id, resolve)
        ask({ is: 'request', id, origin, request })
      }),
    openStream(handlers) {
      const id = ++lastId
      streams.set(id, handlers)
      ask({ is: 'open', id, origin })
      return {
        send: bytes => ask({ is: 'send', id, bytes }),
        // They wait in the script, if anywhere; nobody asks.
        bufferedBytes: 0,
        close() {
          if (streams.has(id)) streams.set(id, { ...SILENT, closed: () => handlers.closed() })
          ask({ is: 'close', id })
        },
      }
    },
  })
}
