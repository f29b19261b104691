import { makeSeededRandom } from '#tests/support/seeded-random.ts'

/** Every random byte from the seed; and time waits for what WebCrypto does on other threads. */
export function seedCrypto(seed: number, track: <T>(work: Promise<T>) => Promise<T>): () => void {
  const random = makeSeededRandom(seed ^ 0x5eed)
  const { subtle } = crypto
  const encrypt = subtle.encrypt.bind(subtle)
  const decrypt = subtle.decrypt.bind(subtle)
  const importKey = subtle.importKey.bind(subtle)
  const put = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true, writable: true })
  put(crypto, 'getRandomValues', (bytes: Uint8Array) => {
    random.fill(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return bytes
  })
  put(subtle, 'encrypt', (...args: Parameters<typeof encrypt>) => track(encrypt(...args)))
  put(subtle, 'decrypt', (...args: Parameters<typeof decrypt>) => track(decrypt(...args)))
  put(subtle, 'importKey', (...args: Parameters<typeof importKey>) => track(importKey(...args)))
  return () => {
    for (const name of ['encrypt', 'decrypt', 'importKey']) Reflect.deleteProperty(subtle, name)
    Reflect.deleteProperty(crypto, 'getRandomValues')
  }
}
