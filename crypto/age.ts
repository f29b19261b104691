import { Decrypter, Encrypter } from 'age-encryption'
import { fail, ok, type Result } from '#schema/result.ts'

/**
 * 2^10 rounds of scrypt (1 MiB, a few milliseconds). scrypt slows down who guesses a passphrase; ours is a code of 256 random bits, which
 * nobody can guess at any speed.
 */
const WORK_FACTOR = 10
/** What age itself writes. A file that asks for more than these 256 MiB is not ours. */
const MAX_WORK_FACTOR = 18
/** The first two lines: version, and the only stanza that a file sealed with a passphrase may have. */
const BEGINNING = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9]\d?)\n/
const BEGINNING_BYTES = 80

/** Seals a stream in the age format, version 1 (https://age-encryption.org/v1), with a passphrase. */
export async function sealAge(
  plain: ReadableStream<Uint8Array>,
  passphrase: string,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(WORK_FACTOR)
  return encrypter.encrypt(plain)
}

/**
 * What is sealed in a file. `not-age`: it is in no such format, or sealed to something else than a passphrase; `not-opened`: another
 * passphrase, or the first lines are damaged. Reading the stream throws where the rest was changed or cut off, and both throw a
 * DOMException where the file cannot be read any more.
 */
export async function openAge(
  file: Blob,
  passphrase: string,
): Promise<Result<ReadableStream<Uint8Array>, 'not-age' | 'not-opened'>> {
  const beginning = BEGINNING.exec(await file.slice(0, BEGINNING_BYTES).text())
  if (beginning === null || Number(beginning[1]) > MAX_WORK_FACTOR) return fail('not-age')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return ok(await decrypter.decrypt(file.stream()))
  } catch (cause) {
    // The browser could not read the file.
    if (cause instanceof DOMException) throw cause
    return fail('not-opened')
  }
}
