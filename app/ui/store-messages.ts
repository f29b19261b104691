import type { StoreFailure } from '#app/core/ports.ts'
import type { PlainKey } from './language/language.ts'

/** Why this device could not store something, where the vault as a whole was meant. */
export const STORE_MESSAGES = {
  quota: 'store.quota',
  aborted: 'store.aborted',
  fenced: 'store.fenced',
  'no-key': 'store.no-key',
  'cut-off': 'store.cut-off',
} as const satisfies Record<StoreFailure, PlainKey>
