import { fail } from '#schema/result.ts'
import type { RelayLink } from '../ports.ts'

/** Nothing goes out, and nothing comes in: of a record that this person is out of, and of a relay with no address. */
export const SILENT_LINK: RelayLink = {
  request: async () => fail('unreachable'),
  openStream(handlers) {
    queueMicrotask(() => handlers.closed())
    return { send: () => undefined, bufferedBytes: 0, close: () => undefined }
  },
}
