import { PASSCODE_ROUNDS, PASSCODE_SALT_BYTES, type PasscodeLock, passcodeBytes } from '#schema/protocol/link.ts'
import { randomBytes } from './sodium.ts'

/** What the relay may know of a health link's passcode: PBKDF2-HMAC-SHA-256 under a salt of its own; decision 0025. */
export async function lockOfPasscode(
  passcode: string,
  salt: Uint8Array<ArrayBuffer> = randomBytes(PASSCODE_SALT_BYTES),
): Promise<PasscodeLock> {
  const typed = await crypto.subtle.importKey('raw', passcodeBytes(passcode), 'PBKDF2', false, ['deriveBits'])
  const settings = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PASSCODE_ROUNDS }
  return { salt, verifier: new Uint8Array(await crypto.subtle.deriveBits(settings, typed, 256)) }
}
