import { randomBytes, wipe } from '#crypto/sodium.ts'
import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type {
  AddPasskey,
  AddPasskeyFailure,
  PasskeyDoor,
  PasskeyInfo,
  PasskeyOffer,
  PasskeyOutput,
  PasskeySession,
  PasskeyUnlockFailure,
  RemovePasskeyFailure,
} from '../passkey-session.ts'
import type { Ports } from '../ports.ts'
import { freshUnlock, type FreshUnlockFailure } from './fresh-unlock.ts'
import type { VaultSlot } from './open-vault.ts'
import {
  MOST_PASSKEYS,
  PASSKEY_OUTPUT_BYTES,
  PASSKEY_SALT_BYTES,
  passkeyLabel,
  passkeyWraps,
  unwrapWithPasskey,
  withoutPasskey,
  wrapWithPasskey,
} from './passkey-wrap.ts'
import type { VaultDesk } from './vault-desk.ts'
import { readHeader } from './vault-store.ts'

/** Passkeys that open the vault of this device, each beside the passphrase; decision 0040. */
export class PasskeyDesk implements PasskeySession {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #vault: VaultDesk

  constructor(ports: Ports, slot: VaultSlot, vault: VaultDesk) {
    this.#ports = ports
    this.#slot = slot
    this.#vault = vault
  }

  async passkeyDoors(): Promise<readonly PasskeyDoor[]> {
    const found = await readHeader(this.#ports.store)
    if (found.kind !== 'there') return []
    return passkeyWraps(found.header).map(({ params: { credentialId, salt } }) => ({ credentialId, salt }))
  }

  async beginPasskey(passphrase: string): Promise<Result<PasskeyOffer, FreshUnlockFailure>> {
    const unlocked = await freshUnlock(this.#vault, passphrase)
    if (!unlocked.ok) return unlocked
    const doors = await this.passkeyDoors()
    return ok({ salt: randomBytes(PASSKEY_SALT_BYTES), known: doors.map(({ credentialId }) => credentialId) })
  }

  async addPasskey(request: AddPasskey): Promise<Result<void, AddPasskeyFailure>> {
    const { passphrase, credentialId, salt, output } = request
    const isUsable =
      output.length === PASSKEY_OUTPUT_BYTES &&
      output.some(byte => byte !== 0) &&
      salt.length === PASSKEY_SALT_BYTES &&
      credentialId.length > 0 &&
      credentialId.length <= 1023
    if (!isUsable || (await this.passkeyDoors()).length >= MOST_PASSKEYS) return fail({ kind: 'invalid' })
    const addedAt = this.#ports.clock.now()
    const changed = await this.#vault.changeHeader(passphrase, (header, vaultKey) => {
      const others = withoutPasskey(header, credentialId)
      const wrap = wrapWithPasskey(vaultKey, { credentialId, salt, output, name: request.name.trim(), addedAt })
      return { ...others, wraps: [...others.wraps, wrap] }
    })
    wipe(output)
    if (changed.ok) return changed
    const { failure } = changed
    return failure.kind === 'wrong-passphrase' || failure.kind === 'not-stored'
      ? fail(failure)
      : fail({ kind: 'locked' })
  }

  async unlockWithPasskey(answer: PasskeyOutput): Promise<Result<void, PasskeyUnlockFailure>> {
    const opened = await this.#vault.unlockBy(header => unwrapWithPasskey(header, answer))
    wipe(answer.output)
    return opened
  }

  async passkeys(): Promise<readonly PasskeyInfo[]> {
    const found = await readHeader(this.#ports.store)
    const vaultKey = this.#slot.open?.vaultKey
    if (found.kind !== 'there' || vaultKey === undefined) return []
    return passkeyWraps(found.header).map(({ params }) => {
      const label = passkeyLabel(vaultKey, params)
      const { name, addedAt } = label ?? { name: '', addedAt: this.#ports.clock.now() }
      return { id: toBase64Url(params.credentialId), name, addedAt }
    })
  }

  async removePasskey(id: string): Promise<Result<void, RemovePasskeyFailure>> {
    const credentialId = fromBase64Url(id)
    if (this.#slot.open === undefined || credentialId === undefined) return fail({ kind: 'locked' })
    const changed = await this.#vault.narrowHeader(header => withoutPasskey(header, credentialId))
    if (changed.ok) return changed
    return changed.failure.kind === 'not-stored' ? fail(changed.failure) : fail({ kind: 'locked' })
  }
}
