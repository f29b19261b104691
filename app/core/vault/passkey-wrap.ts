import { deriveKey } from '#crypto/hash.ts'
import { equalSecrets, wipe } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, type DecodeFailure, decodeAll, equalBytes } from '#schema/bytes.ts'
import { instant, type Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { CHECK_BYTES, type KeyWrap, PASSKEY_WRAP, type VaultHeader } from './vault-header.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What stands beside a key that a passkey wraps. */
export interface PasskeyParams {
  /** 1 to 1023 bytes, as WebAuthn allows. */
  readonly credentialId: Bytes
  /** 32 bytes. */
  readonly salt: Bytes
  /** Name and day, sealed: who finds the locked device reads neither. */
  readonly label: Bytes
}

export interface PasskeyLabel {
  readonly name: string
  readonly addedAt: Instant
}

export const PASSKEY_SALT_BYTES = 32
export const PASSKEY_OUTPUT_BYTES = 32
export const MOST_PASSKEYS = 16
const MOST_ID_BYTES = 1023
const MOST_NAME_LETTERS = 60
const VERSION = 1
const WRAP_CONTEXT = 'vault key'
const LABEL_CONTEXT = 'passkey label'

export function encodePasskeyParams(params: PasskeyParams): Bytes {
  const { salt, credentialId, label } = params
  return new ByteWriter().u8(VERSION).bytes(salt).sized(credentialId).sized(label).done()
}

export function decodePasskeyParams(bytes: Uint8Array): Result<PasskeyParams, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const salt = reader.bytes(PASSKEY_SALT_BYTES)
    const credentialId = reader.sized(MOST_ID_BYTES)
    if (credentialId.length === 0) reader.stop('bad-value')
    return { salt, credentialId, label: reader.sized(512) }
  })
}

/** The passkeys of a header; one whose parameters cannot be read opens nothing and is left out. */
export function passkeyWraps(
  header: VaultHeader,
): readonly { readonly wrap: KeyWrap; readonly params: PasskeyParams }[] {
  return header.wraps.flatMap(wrap => {
    const params = wrap.kind === PASSKEY_WRAP ? decodePasskeyParams(wrap.parameters) : undefined
    return params?.ok ? [{ wrap, params: params.value }] : []
  })
}

interface NewPasskey extends PasskeyLabel {
  readonly credentialId: Bytes
  readonly salt: Bytes
  /** What its `prf` extension answers to the salt. */
  readonly output: Bytes
}

export function wrapWithPasskey(vaultKey: Bytes, passkey: NewPasskey): KeyWrap {
  const { credentialId, salt, output, name, addedAt } = passkey
  const key = deriveKey(output, 'vault.passkey.wrap', credentialId)
  const plain = new ByteWriter().u64(addedAt).text(name.slice(0, MOST_NAME_LETTERS)).done()
  const labelKey = deriveKey(vaultKey, 'vault.passkey.label')
  const wrap = {
    kind: PASSKEY_WRAP,
    parameters: encodePasskeyParams({ credentialId, salt, label: sealSecret(labelKey, LABEL_CONTEXT, plain) }),
    check: checkOf(output, credentialId),
    wrapped: sealSecret(key, WRAP_CONTEXT, vaultKey),
  }
  wipe(key)
  wipe(labelKey)
  return wrap
}

/** `wrong-passkey` also for one that the header does not know. Other wraps are not looked at. */
export function unwrapWithPasskey(
  header: VaultHeader,
  { credentialId, output }: { readonly credentialId: Uint8Array; readonly output: Bytes },
): Result<Bytes, 'wrong-passkey' | 'damaged'> {
  const found = passkeyWraps(header).find(({ params }) => equalBytes(params.credentialId, credentialId))
  if (found === undefined || output.length !== PASSKEY_OUTPUT_BYTES) return fail('wrong-passkey')
  const id = found.params.credentialId
  if (!equalSecrets(checkOf(output, id), found.wrap.check)) return fail('wrong-passkey')
  const key = deriveKey(output, 'vault.passkey.wrap', id)
  const opened = openSecret(key, WRAP_CONTEXT, found.wrap.wrapped)
  wipe(key)
  return opened.ok && opened.value.length === 32 ? ok(opened.value) : fail('damaged')
}

/** Undefined where it was damaged: the passkey may open the vault all the same. */
export function passkeyLabel(vaultKey: Bytes, { label }: PasskeyParams): PasskeyLabel | undefined {
  const labelKey = deriveKey(vaultKey, 'vault.passkey.label')
  const opened = openSecret(labelKey, LABEL_CONTEXT, label)
  wipe(labelKey)
  const decoded =
    opened.ok && decodeAll(opened.value, reader => ({ addedAt: instant(reader.u64()), name: reader.text() }))
  return decoded && decoded.ok ? decoded.value : undefined
}

/** The same header without the passkey. */
export function withoutPasskey(header: VaultHeader, credentialId: Uint8Array): VaultHeader {
  const gone = passkeyWraps(header).filter(({ params }) => equalBytes(params.credentialId, credentialId))
  return { ...header, wraps: header.wraps.filter(wrap => !gone.some(each => each.wrap === wrap)) }
}

function checkOf(output: Bytes, credentialId: Uint8Array): Bytes {
  return deriveKey(output, 'vault.passkey.check', credentialId).slice(0, CHECK_BYTES)
}
