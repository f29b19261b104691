import { fail, ok, type Result } from '#schema/result.ts'
import type { VaultDesk } from './vault-desk.ts'

/** Checks a passphrase without opening anything. */
export type PassphraseCheck = Pick<VaultDesk, 'checkPassphrase'>

export type FreshUnlockFailure = { readonly kind: 'wrong-passphrase' } | { readonly kind: 'locked' }

/**
 * The passphrase once more, at the very act that lets somebody in, widens what they have, or takes something out; decision 0016. Whoever
 * finds an unlocked phone can read on, and do none of it. A sample has nothing to protect and takes any.
 */
export async function freshUnlock(
  vault: PassphraseCheck,
  passphrase: string | undefined,
): Promise<Result<void, FreshUnlockFailure>> {
  const checked = await vault.checkPassphrase(passphrase ?? '')
  if (checked.ok) return ok(undefined)
  return fail({ kind: checked.failure.kind === 'wrong-passphrase' ? 'wrong-passphrase' : 'locked' })
}
