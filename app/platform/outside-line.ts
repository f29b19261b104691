import type { OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import type { Outside, OutsideLine } from '#app/core/ports.ts'
import { Turns } from '#app/core/turns.ts'

/** A request may take a little longer than its own time limit; a worker that could not start says nothing. */
const PATIENCE_MS = 40_000

/**
 * What may ask others for the vault: a worker that is started with the first request of an act and ended with the act. `start` makes it;
 * its script is served under a policy of its own. The window has no part in it: requests hold tokens.
 */
export function makeOutside(start: () => Worker): Outside {
  return { open: hosts => openLine(start, new Set(hosts)) }
}

function openLine(start: () => Worker, hosts: ReadonlySet<string>): OutsideLine {
  const turns = new Turns()
  let worker: Worker | undefined
  let isClosed = false
  let giveUp: (() => void) | undefined

  function askWorker(asked: Worker, request: OutsideRequest): Promise<OutsideAnswer> {
    return new Promise<OutsideAnswer>(resolve => {
      const patience = setTimeout(() => resolve({ kind: 'too-slow' }), PATIENCE_MS)
      const answer = (given: OutsideAnswer) => {
        clearTimeout(patience)
        resolve(given)
      }
      giveUp = () => answer({ kind: 'unreachable' })
      asked.onmessage = ({ data }: MessageEvent<OutsideAnswer>) => answer(data)
      asked.onerror = () => answer({ kind: 'unreachable' })
      asked.postMessage(request)
    })
  }

  return {
    ask: request =>
      turns.next(async () => {
        if (isClosed) return { kind: 'unreachable' }
        if (!hosts.has(request.host)) return { kind: 'not-allowed' }
        worker ??= start()
        const answer = await askWorker(worker, request)
        if (answer.kind === 'too-slow') {
          // What it may still say would be taken for the next answer.
          worker?.terminate()
          worker = undefined
        }
        return answer
      }),
    close() {
      isClosed = true
      worker?.terminate()
      worker = undefined
      giveUp?.()
    },
  }
}
