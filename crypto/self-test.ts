import sodium from 'libsodium-wrappers'
import { toHex, utf8 } from '#schema/bytes.ts'

/** Known answers, made with @noble (tests/crypto/self-test.test.ts makes them again). Keys count up from zero. */
const ANSWERS = {
  keyedBlake2b: 'd63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f',
  xchacha20poly1305: 'ffa06c0f1eac0ab16c98a0d93bbf1ee0dc79b9',
  ed25519:
    'cc46d62d3754f41754b27b6ea2cb2c272bafa7a5a1f6062bd060f414e50caaeac2da66ad39cef4424a90236ea907b7d8057e3443dc5abfc9986967ee7213a407',
  argon2id: '3b2faffdb4a6332e969d549b8d4a122df54af6696bee1463e85813688ff9786c',
  xwingPublicKeyHash: '3153bedde9d5e8406a7874c46d5f58f1706fcf133b8975b20c35319dfd540157',
  xwingCiphertextHash: '6eb502a51a70f111b873698eb9f3160f85e7c814741c86e325484e262da0cf52',
  xwingSecret: '6a05d1e95ce5c4c0d128aa41e1e027c319cb700ff700f6b05c5d60c1a55d0b21',
  aes256gcm: '2660b597205c56f7adc36fbdbbd46fd4afaea8',
}

const MESSAGE = utf8('abc')
const CONTEXT = utf8('aad')
const counting = (count: number) => Uint8Array.from({ length: count }, (_, index) => index)
const flipped = (bytes: Uint8Array) => bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte))

/** Throws, naming the function, when one that suite 1 uses gives another answer than it should. libsodium is loaded. */
export async function selfTest(): Promise<void> {
  expectSame('BLAKE2b with a key', sodium.crypto_generichash(32, MESSAGE, counting(32)), ANSWERS.keyedBlake2b)
  testAead()
  testSigning()
  testKem()
  const stretched = sodium.crypto_pwhash(32, 'abc', counting(16), 1, 8192, sodium.crypto_pwhash_ALG_ARGON2ID13)
  expectSame('Argon2id', stretched, ANSWERS.argon2id)
  await testWebCrypto()
  testRandom()
}

function expectSame(what: string, got: Uint8Array, wanted: string): void {
  if (toHex(got) !== wanted) throw new Error(`Cannot use this browser's cryptography: ${what} gives a wrong answer`)
}

function expectRefusal(what: string, open: () => unknown): void {
  try {
    open()
  } catch {
    return
  }
  throw new Error(`Cannot use this browser's cryptography: ${what} accepts a changed ciphertext`)
}

function testAead(): void {
  const nonce = counting(24)
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(MESSAGE, CONTEXT, null, nonce, counting(32))
  expectSame('XChaCha20-Poly1305', sealed, ANSWERS.xchacha20poly1305)
  const open = (bytes: Uint8Array) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, bytes, CONTEXT, nonce, counting(32))
  expectSame('XChaCha20-Poly1305', open(sealed), toHex(MESSAGE))
  expectRefusal('XChaCha20-Poly1305', () => open(flipped(sealed)))
}

function testSigning(): void {
  const pair = sodium.crypto_sign_seed_keypair(counting(32))
  expectSame('Ed25519', sodium.crypto_sign_detached(MESSAGE, pair.privateKey), ANSWERS.ed25519)
}

function testKem(): void {
  const pair = sodium.crypto_kem_xwing_seed_keypair(counting(32))
  expectSame('X-Wing', sodium.crypto_generichash(32, pair.publicKey, null), ANSWERS.xwingPublicKeyHash)
  const sent = sodium.crypto_kem_xwing_enc_deterministic(pair.publicKey, counting(64))
  expectSame('X-Wing', sodium.crypto_generichash(32, sent.ciphertext, null), ANSWERS.xwingCiphertextHash)
  expectSame('X-Wing', sent.sharedSecret, ANSWERS.xwingSecret)
  expectSame('X-Wing', sodium.crypto_kem_xwing_dec(sent.ciphertext, pair.privateKey), ANSWERS.xwingSecret)
}

async function testWebCrypto(): Promise<void> {
  const key = await crypto.subtle.importKey('raw', counting(32), 'AES-GCM', false, ['encrypt'])
  const settings = { name: 'AES-GCM', iv: counting(12), additionalData: CONTEXT }
  const sealed = await crypto.subtle.encrypt(settings, key, MESSAGE)
  expectSame('AES-256-GCM', new Uint8Array(sealed), ANSWERS.aes256gcm)
}

/** Finds a generator that is stuck, not one that is weak. */
function testRandom(): void {
  const [one, other] = [crypto.getRandomValues(new Uint8Array(32)), crypto.getRandomValues(new Uint8Array(32))]
  if (toHex(one) === toHex(other)) throw new Error('Cannot use this browser: its random generator repeats itself')
}
