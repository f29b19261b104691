import { deriveKey } from '#crypto/hash.ts'
import {
  decodePassphraseParams,
  encodePassphraseParams,
  makePassphraseParams,
  stretchPassphrase,
} from '#crypto/passphrase.ts'
import { equalSecrets, randomBytes, wipe } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { CHECK_BYTES, type KeyWrap, PASSPHRASE_WRAP, type VaultHeader } from './vault-header.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What is sealed under the vault key, each with a key of its own. */
export interface VaultKeys {
  /** The account row. */
  readonly account: Bytes
  /** R, until the kit is confirmed. */
  readonly kit: Bytes
  /** Logs' writer keys and caches, the index. */
  readonly local: Bytes
}

const WRAP_CONTEXT = 'vault key'

/** A new random vault key. */
export function makeVaultKey(): Bytes {
  return randomBytes(32)
}

export function vaultKeys(vaultKey: Bytes): VaultKeys {
  return {
    account: deriveKey(vaultKey, 'vault.account'),
    kit: deriveKey(vaultKey, 'vault.kit'),
    local: deriveKey(vaultKey, 'vault.local'),
  }
}

export function wipeVaultKeys(keys: VaultKeys): void {
  for (const key of [keys.account, keys.kit, keys.local]) wipe(key)
}

/** Wraps under a passphrase with fresh salt. Takes the Argon2id time (about half a second). */
export function wrapWithPassphrase(vaultKey: Bytes, passphrase: string): KeyWrap {
  const params = makePassphraseParams()
  const stretched = stretchPassphrase(passphrase, params)
  const wrap: KeyWrap = {
    kind: PASSPHRASE_WRAP,
    parameters: encodePassphraseParams(params),
    check: deriveKey(stretched, 'vault.check').slice(0, CHECK_BYTES),
    wrapped: sealSecret(deriveKey(stretched, 'vault.wrap'), WRAP_CONTEXT, vaultKey),
  }
  wipe(stretched)
  return wrap
}

/** `damaged` also when the header has no passphrase wrap at all. */
export function unwrapWithPassphrase(
  header: VaultHeader,
  passphrase: string,
): Result<Bytes, 'wrong-passphrase' | 'damaged'> {
  const wrap = header.wraps.find(one => one.kind === PASSPHRASE_WRAP)
  if (wrap === undefined) return fail('damaged')
  const params = decodePassphraseParams(wrap.parameters)
  if (!params.ok) return fail('damaged')
  const stretched = stretchPassphrase(passphrase, params.value)
  const isRight = equalSecrets(deriveKey(stretched, 'vault.check').slice(0, CHECK_BYTES), wrap.check)
  const opened = isRight ? openSecret(deriveKey(stretched, 'vault.wrap'), WRAP_CONTEXT, wrap.wrapped) : undefined
  wipe(stretched)
  if (opened === undefined) return fail('wrong-passphrase')
  return opened.ok && opened.value.length === 32 ? ok(opened.value) : fail('damaged')
}

/** The same vault key under another passphrase; other kinds of wrap stay. */
export function replacePassphrase(header: VaultHeader, vaultKey: Bytes, passphrase: string): VaultHeader {
  const others = header.wraps.filter(wrap => wrap.kind !== PASSPHRASE_WRAP)
  return { ...header, wraps: [wrapWithPassphrase(vaultKey, passphrase), ...others] }
}
