import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import type { PushRequest } from '../push-session.ts'

/** What this device chose, and what the relay was told of it; of the device alone, in no log. */
export interface PushRow extends PushRequest {
  /** By the id of a log or mailbox, when it was told last. */
  readonly toldAt: Readonly<Record<string, number>>
  /** Where the record was then; left out where it never moved. A browser's subscription is bound to that relay's key. */
  readonly relay?: string
  /** Quiet hours as they were told, in minutes of the UTC day: `1260-360`. */
  readonly toldQuiet?: string
}

/** In table `sealed`. */
const ROW = 'push'

/** What does not open is of a record that was here before. */
export async function readPushRow(store: ByteStore, key: Uint8Array): Promise<PushRow | undefined> {
  const sealed = await store.get('sealed', ROW)
  const opened = sealed && openSecret(key, ROW, sealed)
  return opened?.ok === true ? (JSON.parse(new TextDecoder().decode(opened.value)) as PushRow) : undefined
}

export function writePushRow(
  store: ByteStore,
  key: Uint8Array,
  row: PushRow | undefined,
): Promise<Result<void, StoreFailure>> {
  const place = { table: 'sealed', key: ROW } as const
  if (row === undefined) return store.commit([{ ...place, remove: true }])
  return store.commit([{ ...place, value: sealSecret(key, ROW, utf8(JSON.stringify(row))) }])
}
