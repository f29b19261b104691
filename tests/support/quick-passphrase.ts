import { vi } from 'vitest'

/**
 * The long suites open and make hundreds of vaults, and Argon2id at its floor was more than 40 % of their CPU time. What they try does not
 * hang on what a guess costs: here a passphrase is hashed once. Unit tests, the vectors and the browser stretch it as people's devices do.
 */
vi.mock('#crypto/passphrase.ts', async (load: () => Promise<typeof import('#crypto/passphrase.ts')>) => {
  const real = await load()
  const { deriveKey, hash } = await import('#crypto/hash.ts')
  const { utf8 } = await import('#schema/bytes.ts')
  return {
    ...real,
    stretchPassphrase(passphrase: string, params: Parameters<typeof real.stretchPassphrase>[1]) {
      if (!real.decodePassphraseParams(real.encodePassphraseParams(params)).ok)
        return real.stretchPassphrase(passphrase, params)
      return deriveKey(hash(params.salt), 'quick-passphrase', utf8(passphrase.normalize('NFKC')))
    },
  }
})
