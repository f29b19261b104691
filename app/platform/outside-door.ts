import type { OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'

/** The whole request may take a little longer than its own time limit; a worker that could not start says nothing. */
const PATIENCE_MS = 40_000

/**
 * Asks one host, in a worker that is started for this request and ended after it. `start` makes the worker, whose script is served with a
 * Content-Security-Policy of its own: the page and the vault's worker can reach nobody but the relay.
 */
export function askOutside(start: () => Worker, request: OutsideRequest): Promise<OutsideAnswer> {
  const worker = start()
  return new Promise<OutsideAnswer>(resolve => {
    const patience = setTimeout(() => resolve({ kind: 'too-slow' }), PATIENCE_MS)
    worker.addEventListener('message', ({ data }: MessageEvent<OutsideAnswer>) => {
      clearTimeout(patience)
      resolve(data)
    })
    worker.addEventListener('error', () => {
      clearTimeout(patience)
      resolve({ kind: 'unreachable' })
    })
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}
