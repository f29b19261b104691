import sodium from 'libsodium-wrappers'
import { selfTest } from './self-test.ts'
import { readyVerify } from './verify.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Loads libsodium and tests every function that suite 1 uses. Throws if one is missing or wrong; call once before all else. */
export async function readyCrypto(): Promise<void> {
  await readyVerify()
  await selfTest()
}

/** From the platform's generator (twenty times as fast as libsodium's in WebAssembly). At most 65,536. */
export function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count))
}

/** Overwrites a secret. Copies that the runtime made stay; it shortens the time a secret lies about, no more. */
export function wipe(bytes: Uint8Array): void {
  sodium.memzero(bytes)
}

/** In time that depends on the lengths only. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && sodium.memcmp(a, b)
}
