import type { ByteStore, StoreWrite } from '../ports.ts'

const KEY = 'from-backup'

/** Marks a device that was made from a backup. Nothing stands in it. */
export const FROM_BACKUP: StoreWrite = { table: 'sealed', key: KEY, value: new Uint8Array(0) }

export async function isFromBackup(store: ByteStore): Promise<boolean> {
  return (await store.get('sealed', KEY)) !== undefined
}
