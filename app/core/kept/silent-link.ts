import { fail } from '#schema/result.ts'
import type { RelayLink } from '../ports.ts'

/** Of a record that this person is out of: nothing goes out, and nothing comes in. */
export const SILENT_LINK: RelayLink = {
  request: async () => fail('unreachable'),
  openStream(handlers) {
    queueMicrotask(() => handlers.closed())
    return { send: () => undefined, bufferedBytes: 0, close: () => undefined }
  },
}
