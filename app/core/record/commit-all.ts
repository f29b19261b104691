import type { PreparedWrite } from '../log/sealed-log.ts'
import type { ByteStore } from '../ports.ts'

/** One transaction for all; each log is told how it went. */
export async function commitAll(store: ByteStore, prepared: readonly PreparedWrite[]): ReturnType<ByteStore['commit']> {
  const stored = await store.commit(prepared.flatMap(write => write.writes))
  for (const write of prepared) {
    if (stored.ok) write.committed()
    else await write.refused()
  }
  return stored
}
