import type { OutsideRequest } from './core/link-session.ts'
import { fetchOutside } from './platform/outside-fetch.ts'

/** The only script that may reach others than the relay: no keys, no storage, one request. Served with a policy of its own. */
self.addEventListener('message', ({ data }: MessageEvent<OutsideRequest>) => {
  void fetchOutside(data, fetch).then(answer => {
    self.postMessage(answer, answer.kind === 'answer' ? { transfer: [answer.bytes.buffer] } : {})
  })
})
