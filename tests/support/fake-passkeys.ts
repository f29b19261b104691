import type {
  AddPasskey,
  AddPasskeyFailure,
  PasskeyDoor,
  PasskeyInfo,
  PasskeyOffer,
  PasskeyOutput,
  Passkeys,
  PasskeySession,
  PasskeyUnlockFailure,
  RemovePasskeyFailure,
} from '#app/core/passkey-session.ts'
import type { FreshUnlockFailure } from '#app/core/vault/fresh-unlock.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeClinics } from './fake-clinics.ts'

/** A browser in which each tap makes, or shows, the same passkey. */
export const FAKE_PASSKEYS: Passkeys = {
  isPossible: async () => true,
  create: async () => ok({ credentialId: Uint8Array.of(1, 2, 3), output: new Uint8Array(32).fill(7) }),
  ask: async () => ok({ credentialId: Uint8Array.of(1, 2, 3), output: new Uint8Array(32).fill(7) }),
  forget: async () => undefined,
}

/** Passkeys in memory, with what each gave when it was added. */
export class FakePasskeys extends FakeClinics implements PasskeySession {
  readonly added: (AddPasskey & PasskeyInfo)[] = []

  protected openByPasskey(): void {}

  async passkeyDoors(): Promise<readonly PasskeyDoor[]> {
    return this.added.map(({ credentialId, salt }) => ({ credentialId, salt }))
  }

  async beginPasskey(passphrase: string): Promise<Result<PasskeyOffer, FreshUnlockFailure>> {
    if (passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    return ok({ salt: new Uint8Array(32), known: this.added.map(({ credentialId }) => credentialId) })
  }

  async addPasskey(request: AddPasskey): Promise<Result<void, AddPasskeyFailure>> {
    if (request.passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.added.push({ ...request, id: toBase64Url(request.credentialId), addedAt: instant(Date.UTC(2026, 10, 27)) })
    return ok(undefined)
  }

  async unlockWithPasskey({ output }: PasskeyOutput): Promise<Result<void, PasskeyUnlockFailure>> {
    if (!this.added.some(each => toBase64Url(each.output) === toBase64Url(output)))
      return fail({ kind: 'wrong-passkey' })
    this.openByPasskey()
    return ok(undefined)
  }

  async passkeys(): Promise<readonly PasskeyInfo[]> {
    return this.added.map(({ id, name, addedAt }) => ({ id, name, addedAt }))
  }

  async removePasskey(id: string): Promise<Result<void, RemovePasskeyFailure>> {
    const at = this.added.findIndex(each => each.id === id)
    if (at >= 0) this.added.splice(at, 1)
    return ok(undefined)
  }
}
