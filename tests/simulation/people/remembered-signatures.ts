import sodium from 'libsodium-wrappers'

interface Pair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/**
 * Every device of a seed checks the same signatures and makes the same keys of the same seeds, in one process: what was computed once is
 * answered again until the answer is called. Nothing else changes: these three are functions of their arguments alone.
 */
export function rememberSignatures(): () => void {
  const { crypto_sign_verify_detached, crypto_sign_seed_keypair, crypto_kem_xwing_seed_keypair } = sodium
  const verify = (...given: [Uint8Array, Uint8Array, Uint8Array]) => crypto_sign_verify_detached(...given)
  Object.assign(sodium, {
    crypto_sign_verify_detached: remember(verify, isGood => isGood),
    crypto_sign_seed_keypair: remember((seed: Uint8Array): Pair => crypto_sign_seed_keypair(seed), copyOf),
    crypto_kem_xwing_seed_keypair: remember((seed: Uint8Array): Pair => crypto_kem_xwing_seed_keypair(seed), copyOf),
  })
  return () => {
    Object.assign(sodium, { crypto_sign_verify_detached, crypto_sign_seed_keypair, crypto_kem_xwing_seed_keypair })
  }
}

/** Whoever asked may wipe what they got. */
function copyOf<Keys extends Pair>(pair: Keys): Keys {
  return { ...pair, publicKey: pair.publicKey.slice(), privateKey: pair.privateKey.slice() }
}

function remember<Arguments extends readonly Uint8Array[], Answer>(
  compute: (...given: Arguments) => Answer,
  copy: (answer: Answer) => Answer,
): (...given: Arguments) => Answer {
  const answers = new Map<string, Answer>()
  return (...given) => {
    const name = given.map(part => Buffer.from(part).toString('latin1')).join('/')
    const known = answers.get(name)
    if (known !== undefined) return copy(known)
    const answer = compute(...given)
    answers.set(name, copy(answer))
    return answer
  }
}
